// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import io.github.sockblame.report.SafeText;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Says on standard error what is waited for, if it takes a while and somebody sits there. The line goes when the wait is over. */
final class Progress {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** To the beginning of the line, and clear it to its end (ECMA-48, EL). */
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream err;
    private final boolean shown;
    private final Duration period;
    private boolean standing;

    Progress(PrintStream err, boolean shown) {
        this(err, shown, PERIOD);
    }

    Progress(PrintStream err, boolean shown, Duration period) {
        this.err = err;
        this.shown = shown;
        this.period = period;
    }

    /** What is waited for. */
    @FunctionalInterface
    interface Wait<T extends @Nullable Object> {
        T end() throws CannotAnswerException;
    }

    /** Waits, and tells of it if it takes longer than a second. */
    <T extends @Nullable Object> T during(String what, Wait<T> wait) throws CannotAnswerException {
        if (!shown) {
            return wait.end();
        }
        CountDownLatch over = new CountDownLatch(1);
        Thread teller = new Thread(() -> tell(what, over), "sockblame-progress");
        teller.setDaemon(true);
        teller.start();
        try {
            return wait.end();
        } finally {
            over.countDown(); // first, else a line could come after the last one is cleared
            clear();
        }
    }

    private void tell(String what, CountDownLatch over) {
        long begin = System.nanoTime();
        try {
            while (!over.await(period.toMillis(), TimeUnit.MILLISECONDS)) {
                show(what + " ... " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) + " s", over);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void show(String line, CountDownLatch over) {
        if (over.getCount() > 0) {
            err.print(CLEAR + "sockblame: waiting for " + SafeText.of(line));
            err.flush();
            standing = true;
        }
    }

    private synchronized void clear() {
        if (standing) {
            err.print(CLEAR);
            err.flush();
            standing = false;
        }
    }

    /** Prints a line that stays. */
    synchronized void say(String line) {
        clear();
        err.println("sockblame: " + SafeText.of(line));
    }
}
