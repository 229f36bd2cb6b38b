// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario;

import java.io.IOException;
import java.lang.ref.Reference;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Where a program says what it has done, and waits until it may go on. */
public final class Checkpoint {

    /** In seconds, as a system property. */
    private static final String LONGEST_LIFE = "longest.life";

    static {
        Thread bound = new Thread(Checkpoint::endInTheEnd, "bound");
        bound.setDaemon(true);
        bound.start();
    }

    private static boolean over;

    private Checkpoint() {}

    /** Prints the name, and waits for a line or for the end of input. */
    public static void reached(String name) throws IOException {
        System.out.println(name);
        int read = System.in.read();
        while (read >= 0 && read != '\n') {
            read = System.in.read();
        }
        over = read < 0;
    }

    /** Whether the input has ended, so that nobody waits for another checkpoint. */
    public static boolean isOver() {
        return over;
    }

    /** The same, and these things are not collected meanwhile. */
    public static void reached(String name, Object... held) throws IOException {
        try {
            reached(name);
        } finally {
            Reference.reachabilityFence(held);
        }
    }

    private static void endInTheEnd() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.getLong(LONGEST_LIFE, 120));
        while (deadline - System.nanoTime() > 0) {
            LockSupport.parkNanos(deadline - System.nanoTime());
        }
        Runtime.getRuntime().halt(99);
    }
}
