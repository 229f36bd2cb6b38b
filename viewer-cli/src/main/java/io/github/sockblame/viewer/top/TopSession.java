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

/** The live screen of one target, from the first report until the user quits. */
public final class TopSession {

    /** Ages change every second, and new reports appear within this time. */
    private static final long TICK_MILLIS = 200;

    private final boolean colors;
    private final AtomicReference<@Nullable String> notice = new AtomicReference<>();

    /**
     * On the terminal that this JVM was started from.
     *
     * @param colors whether colours are allowed
     * @param otherwise the advice for the user, if there is no terminal
     * @throws CannotAnswerException if there is none
     */
    public TopSession(boolean colors, String otherwise) throws CannotAnswerException {
        TopTerminal.check(otherwise);
        this.colors = colors;
    }

    /** Shows a notice about the target. Any thread may call this. */
    public void showNotice(String text) {
        notice.set(text);
    }

    /**
     * Shows the target until the user quits.
     *
     * @param interval the minimum time between two requests
     * @throws CannotAnswerException if the first request or the last one got no answer
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
            throw new CannotAnswerException("the terminal was closed", "start again in another one", e);
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
        String shown = notice.getAndSet(null);
        if (shown != null) {
            model.showMessage(shown);
        }
        terminal.draw(
                TopScreen.of(model, terminal.columns(), terminal.rows(), terminal.hasBlocks(), System.nanoTime()));
        Key key = terminal.readKey(TICK_MILLIS);
        if (key != null) {
            model.onKey(key);
        }
        String file = model.takeFileToWrite();
        if (file != null) {
            model.showMessage(reportSaver.start(file));
        }
        String saved = reportSaver.takeMessage(model.shownReport());
        if (saved != null) {
            model.showMessage(saved);
        }
    }
}
