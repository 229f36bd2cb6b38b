// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.output;

import io.github.sockblame.report.SafeText;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Shows on standard error what the viewer waits for, if the wait is long and standard error is a terminal. The line is cleared after the wait. */
public final class Progress {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** To the beginning of the line, and clear it to its end (ECMA-48, EL). */
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream err;
    private final boolean shown;
    private final Duration period;
    private boolean lineShown;

    public Progress(PrintStream err, boolean shown) {
        this(err, shown, PERIOD);
    }

    Progress(PrintStream err, boolean shown, Duration period) {
        this.err = err;
        this.shown = shown;
        this.period = period;
    }

    /** An operation that takes time. */
    @FunctionalInterface
    public interface Wait<T extends @Nullable Object> {
        T end() throws CannotAnswerException;
    }

    /** Waits, and shows a line if the wait takes longer than a second. */
    public <T extends @Nullable Object> T waitFor(String what, Wait<T> wait) throws CannotAnswerException {
        if (!shown) {
            return wait.end();
        }
        CountDownLatch over = new CountDownLatch(1);
        Thread painter = new Thread(() -> showUntil(what, over), "sockblame-progress");
        painter.setDaemon(true);
        painter.start();
        try {
            return wait.end();
        } finally {
            over.countDown(); // first, else a line could come after the last one is cleared
            clear();
        }
    }

    private void showUntil(String what, CountDownLatch over) {
        long begin = System.nanoTime();
        try {
            while (!over.await(period.toMillis(), TimeUnit.MILLISECONDS)) {
                paint(what + " ... " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) + " s", over);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void paint(String line, CountDownLatch over) {
        if (over.getCount() > 0) {
            err.print(CLEAR + "sockblame: waiting for " + SafeText.of(line));
            err.flush();
            lineShown = true;
        }
    }

    private synchronized void clear() {
        if (lineShown) {
            err.print(CLEAR);
            err.flush();
            lineShown = false;
        }
    }

    /** Prints a line that stays. */
    public synchronized void printLine(String line) {
        clear();
        err.println("sockblame: " + SafeText.of(line));
    }
}
