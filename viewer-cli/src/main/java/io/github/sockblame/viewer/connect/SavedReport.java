// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.report.ReportFormatException;
import io.github.sockblame.report.ReportJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A report that was saved to a file. */
record SavedReport(Path file) implements Target {

    @Override
    public FetchedReport read() throws CannotAnswerException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes((int) ReportJson.MAX_BYTES + 1);
        } catch (AccessDeniedException e) {
            throw new CannotAnswerException("no permission to read " + file, "run as its owner", e);
        } catch (IOException e) {
            throw new CannotAnswerException(
                    "cannot read " + file + " (" + CannotAnswerException.reason(e) + ")", "name another file", e);
        }
        return parse(bytes, file.toString());
    }

    @Override
    public FetchedReport readSummary() throws CannotAnswerException {
        return read();
    }

    /** The report that these bytes are; of more than a report may have, one more is enough. */
    static FetchedReport parse(byte[] bytes, String name) throws CannotAnswerException {
        if (bytes.length > ReportJson.MAX_BYTES) {
            throw new CannotAnswerException(name + " is larger than any report", "name another target");
        }
        try {
            return FetchedReport.of(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            throw new CannotAnswerException(name + " is not a Sockblame report", "it is not even UTF-8 text", e);
        } catch (ReportFormatException e) {
            throw new CannotAnswerException(name + " is " + e.getMessage(), e);
        }
    }

    @Override
    public String watch(int site, boolean on) throws CannotAnswerException {
        throw noJvm();
    }

    @Override
    public String detach() throws CannotAnswerException {
        throw noJvm();
    }

    private CannotAnswerException noJvm() {
        return new CannotAnswerException(
                file + " is a saved report", "name the JVM itself: its PID or its JMX address");
    }

    @Override
    public boolean isLive() {
        return false;
    }
}
