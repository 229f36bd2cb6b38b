// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import io.github.sockblame.report.json.ReportFormatException;
import io.github.sockblame.report.json.ReportJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A report that was saved to a file. */
record SavedReport(Path file) implements TargetWithoutJvm {

    @Override
    public FetchedReport read() throws CannotAnswerException {
        InputFile.check(file);
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes((int) ReportJson.maxBytes() + 1);
        } catch (AccessDeniedException e) {
            throw new CannotAnswerException("no permission to read " + file, "run as its owner", e);
        } catch (IOException e) {
            throw new CannotAnswerException(
                    "cannot read " + file + " (" + CannotAnswerException.reason(e) + ")", "choose another file", e);
        }
        return parse(bytes, file.toString());
    }

    /** Parses a report. To reject a file that is too large, the caller needs to read only one byte more than the limit. */
    static FetchedReport parse(byte[] bytes, String name) throws CannotAnswerException {
        if (bytes.length > ReportJson.maxBytes()) {
            throw new CannotAnswerException(name + " is " + ReportJson.tooLarge());
        }
        if (bytes.length == 0) {
            throw new CannotAnswerException(name + " is not a Sockblame report, it is empty", "choose another file");
        }
        try {
            return FetchedReport.of(Utf8.decode(bytes));
        } catch (CharacterCodingException e) {
            throw new CannotAnswerException(
                    name + " is not a Sockblame report, it is not UTF-8 text", "choose another file", e);
        } catch (ReportFormatException e) {
            throw new CannotAnswerException(name + " is " + e.getMessage(), e);
        }
    }

    @Override
    public String typed() {
        return file.toString();
    }
}
