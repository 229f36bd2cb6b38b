// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.FetchedReport;
import io.github.sockblame.viewer.connect.Target;
import java.io.IOError;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The live screen of one target, from the first answer until somebody quits. */
public final class TopSession {

    /** Ages tick by the second, and answers are looked for as often. */
    private static final long TICK_MILLIS = 200;

    private final boolean colors;
    private final AtomicReference<@Nullable String> notice = new AtomicReference<>();

    /**
     * On the terminal that this JVM was started from.
     *
     * @param colors whether there may be any
     * @param otherwise what the user can do instead, if there is no terminal
     * @throws CannotAnswerException if there is none
     */
    public TopSession(boolean colors, String otherwise) throws CannotAnswerException {
        TopTerminal.check(otherwise);
        this.colors = colors;
    }

    /** What the user should know of how the target is asked; may come from any thread. */
    public void tell(String text) {
        notice.set(text);
    }

    /**
     * Shows the target until somebody quits.
     *
     * @param interval the least time between two questions
     * @throws CannotAnswerException if it does not answer at the beginning, or did not any more at the end
     */
    public void show(Target target, Duration interval) throws CannotAnswerException {
        FetchedReport first = target.readSummary();
        TopModel model = new TopModel(first, interval, System.nanoTime());
        try (Poller poller = Poller.of(target, interval);
                TopTerminal terminal = TopTerminal.open(colors)) {
            ReportSaver reportSaver = new ReportSaver(poller);
            while (!model.isOver()) {
                step(model, poller, reportSaver, terminal);
            }
        } catch (IOException | IOError e) { // JLine throws both
            throw new CannotAnswerException("the terminal is gone", "begin again in another one", e);
        }
        String failure = model.failure();
        if (failure != null) {
            throw new CannotAnswerException(failure);
        }
    }

    private void step(TopModel model, Poller poller, ReportSaver reportSaver, TopTerminal terminal) throws IOException {
        PollResult pollResult = poller.take();
        if (pollResult != null) {
            model.onAnswer(pollResult);
        }
        String told = notice.getAndSet(null);
        if (told != null) {
            model.showMessage(told);
        }
        terminal.draw(
                TopScreen.of(model, terminal.columns(), terminal.rows(), terminal.hasBlocks(), System.nanoTime()));
        Key key = terminal.key(TICK_MILLIS);
        if (key != null) {
            model.onKey(key);
        }
        String file = model.takeFileToWrite();
        if (file != null) {
            model.showMessage(reportSaver.begin(file));
        }
        String saved = reportSaver.end(model.reading());
        if (saved != null) {
            model.showMessage(saved);
        }
    }
}
