// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import io.github.sockblame.report.text.TextFormat;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.FetchedReport;
import io.github.sockblame.viewer.connect.OutputFile;
import io.github.sockblame.viewer.save.ReportRenderer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Saves a report for whoever looks at the screen. The screen needs no list of sockets, so a whole report is asked for; if none comes, what is
 * shown is better than nothing: the program may have died.
 */
final class ReportSaver {

    private final Poller poller;
    private @Nullable String wanted;

    ReportSaver(Poller poller) {
        this.poller = poller;
    }

    /** Begins to save to this file, and says so; or says why not. */
    String begin(String file) {
        if (wanted != null) {
            return "not yet: the report that goes to " + wanted + " is still on its way";
        }
        try {
            new OutputFile(Path.of(file), false).check();
        } catch (InvalidPathException e) {
            return "'" + file + "' is no file name";
        } catch (CannotAnswerException e) {
            return String.valueOf(e.getMessage());
        }
        wanted = file;
        poller.wantWhole();
        return "asked for the whole report, to be written to " + file;
    }

    /**
     * What came of it, to be told once; null as long as nothing did.
     *
     * @param shown what the screen shows
     */
    @Nullable String end(FetchedReport shown) {
        String file = wanted;
        PollResult pollResult = file == null ? null : poller.takeWhole();
        if (file == null || pollResult == null) {
            return null;
        }
        wanted = null;
        FetchedReport whole = pollResult.reading();
        FetchedReport saved = whole == null ? shown : whole;
        try {
            long bytes = new OutputFile(Path.of(file), false).write(ReportRenderer.of(saved, file));
            String wrote = "wrote " + file + ": " + TextFormat.count(bytes, "byte") + ", readable by you alone";
            return whole == null ? wrote + "; only what is shown: " + pollResult.failure() : wrote;
        } catch (CannotAnswerException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
