// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a body on the JDK's own Finalizer thread. */
final class FinalizerThread {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private FinalizerThread() {}

    /** Runs it, and waits for its end; throws what it throws. */
    static void run(Runnable body) throws Exception {
        FutureTask<?> task = new FutureTask<>(body, null);
        drop(task);
        long began = System.nanoTime();
        while (true) {
            System.gc();
            try {
                Object unused = task.get(10, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                if (System.nanoTime() - began > PATIENCE) {
                    throw e;
                }
            }
        }
    }

    private static void drop(Runnable body) {
        Object unused = new Finalized(body);
    }

    private static final class Finalized {

        private final Runnable body;

        Finalized(Runnable body) {
            this.body = body;
        }

        @Override
        @SuppressWarnings({"deprecation", "removal", "Finalize"}) // the only way onto that thread
        protected void finalize() {
            body.run();
        }
    }
}
