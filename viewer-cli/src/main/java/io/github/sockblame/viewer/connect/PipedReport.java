// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import io.github.sockblame.report.json.ReportJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A saved report on standard input. It is read once, to its end. */
final class PipedReport implements TargetWithoutJvm {

    private static final String NAME = "standard input";

    private final InputStream in;
    private @Nullable FetchedReport report;

    PipedReport(InputStream in) {
        this.in = in;
    }

    @Override
    public FetchedReport read() throws CannotAnswerException {
        FetchedReport known = report;
        if (known == null) {
            if (isTerminal()) {
                throw new CannotAnswerException(
                        NAME + " is a terminal", "pipe a saved report into it: sockblame leaks - < shop.json");
            }
            known = SavedReport.parse(readBytes(), NAME);
            report = known;
        }
        return known;
    }

    private byte[] readBytes() throws CannotAnswerException {
        try {
            return in.readNBytes((int) ReportJson.maxBytes() + 1);
        } catch (IOException e) {
            throw new CannotAnswerException(
                    "cannot read " + NAME + " (" + CannotAnswerException.reason(e) + ")",
                    "save the report to a file",
                    e);
        }
    }

    /** Returns whether a user would have to type the report. */
    private static boolean isTerminal() {
        try {
            String path = Path.of("/proc/self/fd/0").toRealPath().toString();
            return path.startsWith("/dev/pts/") || path.startsWith("/dev/tty");
        } catch (IOException e) {
            return false; // a pipe, or no procfs
        }
    }

    @Override
    public String typed() {
        return "-";
    }
}
