// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Bounds a call that waits for another process.
 *
 * <p>Attach and RMI cannot be interrupted while they wait. So the call runs in a thread of its own, which the viewer abandons at the
 * deadline. The viewer ends soon afterwards.
 */
final class Deadline {

    private Deadline() {}

    /** A call to another process, which explains its own failures. */
    @FunctionalInterface
    interface Call<T extends @Nullable Object> {
        T call() throws CannotAnswerException;
    }

    static <T extends @Nullable Object> T within(Duration timeout, String name, Call<T> call)
            throws CannotAnswerException {
        FutureTask<T> answer = new FutureTask<>(call::call);
        Thread thread = new Thread(answer, "sockblame-call");
        thread.setDaemon(true);
        thread.start();
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CannotAnswerException(
                    name + " did not answer within " + timeout.toSeconds() + " s",
                    "check that it is a JVM that is neither stopped nor out of memory, and try again",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotAnswerException("interrupted while waiting for " + name, "try again", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CannotAnswerException explained) {
                throw explained;
            }
            throw new IllegalStateException("while calling " + name, e.getCause());
        }
    }
}
