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
 * <p>Neither attach nor RMI can be interrupted once it waits, so the call gets a thread of its own, which is left behind
 * if it does not come back. The viewer ends soon anyway.
 */
final class Deadline {

    private Deadline() {}

    /** A call to another process, which explains its own failures. */
    @FunctionalInterface
    interface Question<T extends @Nullable Object> {
        T ask() throws CannotAnswerException;
    }

    static <T extends @Nullable Object> T within(Duration patience, String whom, Question<T> question)
            throws CannotAnswerException {
        FutureTask<T> answer = new FutureTask<>(question::ask);
        Thread thread = new Thread(answer, "sockblame-question");
        thread.setDaemon(true);
        thread.start();
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CannotAnswerException(
                    whom + " did not answer within " + patience.toSeconds() + " s",
                    "see that it is a JVM, neither stopped nor out of memory, and try again",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotAnswerException("interrupted while waiting for " + whom, "try again", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CannotAnswerException explained) {
                throw explained;
            }
            throw new IllegalStateException("while asking " + whom, e.getCause());
        }
    }
}
