// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import io.github.sockblame.report.text.TextFormat;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.FetchedReport;
import io.github.sockblame.viewer.connect.OutputFile;
import io.github.sockblame.viewer.output.ReportRenderer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Saves a report for the user of the screen. The screen shows reports without a list of sockets, so the saver requests a whole one. If
 * that fails, for example because the program died, it saves the report on the screen.
 */
final class ReportSaver {

    private final Poller poller;
    private @Nullable String pendingFile;

    ReportSaver(Poller poller) {
        this.poller = poller;
    }

    /** Starts to save to this file. Returns a message for the user, also if that is impossible. */
    String start(String file) {
        if (pendingFile != null) {
            return "not yet: the report for " + pendingFile + " is not complete";
        }
        try {
            ReportRenderer.checkName(file);
            new OutputFile(Path.of(file), false).check();
        } catch (InvalidPathException e) {
            return "'" + file + "' is not a file name";
        } catch (CannotAnswerException e) {
            return String.valueOf(e.getMessage());
        }
        pendingFile = file;
        poller.requestWhole();
        return "requested a whole report for " + file;
    }

    /**
     * The message with the result, once; null until there is a result.
     *
     * @param shown the report on the screen
     */
    @Nullable String takeMessage(FetchedReport shown) {
        String file = pendingFile;
        PollResult pollResult = file == null ? null : poller.takeWhole();
        if (file == null || pollResult == null) {
            return null;
        }
        pendingFile = null;
        FetchedReport whole = pollResult.report();
        FetchedReport saved = whole == null ? shown : whole;
        try {
            long bytes = new OutputFile(Path.of(file), false).write(ReportRenderer.of(saved, file));
            String wrote = "wrote " + file + ": " + TextFormat.count(bytes, "byte") + ", only you can read it";
            return whole == null ? wrote + "; it has only what the screen shows: " + pollResult.failure() : wrote;
        } catch (CannotAnswerException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
