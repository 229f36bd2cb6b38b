// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.log;

/** Lines on standard error. Silent unless there is a problem or the user set {@code verbose}. */
public final class Log {

    private static final String PREFIX = "sockblame: ";

    /** What a line takes beside its characters. */
    private static final int OVERHEAD_BYTES = 64;

    private static volatile boolean printed;
    private static volatile long reportedDrops;

    private Log() {}

    /** One line; a class and no lambda, because the program may be loading a class now. */
    private static final class Line implements Runnable {

        private final String text;

        Line(String text) {
            this.text = text;
        }

        @Override
        public void run() {
            long dropped = Deliveries.STANDARD_ERROR.dropped();
            long unreported = dropped - reportedDrops;
            reportedDrops = dropped;
            if (unreported > 0) {
                System.err.println(PREFIX + "lines dropped because standard error took none: " + unreported);
            }
            System.err.println(text);
        }
    }

    /**
     * Prints one line, soon, and after the lines before. It never waits. A standard error that throws is the program's
     * problem and has no effect here.
     */
    public static void line(String text) {
        String line = PREFIX.concat(text);
        printed = true;
        Deliveries.STANDARD_ERROR.submit(new Line(line), OVERHEAD_BYTES + 2 * line.length());
    }

    /** Waits for the lines until now, for a second at most: before the program begins, and when the JVM ends. */
    public static void awaitPrinted() {
        if (printed) { // most programs have no line, and load no class for that
            boolean unused = Deliveries.STANDARD_ERROR.await();
        }
    }
}
