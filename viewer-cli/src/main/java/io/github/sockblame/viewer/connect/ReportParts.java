// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.report.json.ReportFormatException;
import io.github.sockblame.report.json.ReportJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.zip.GZIPInputStream;

/**
 * The answer of {@link io.github.sockblame.report.SockblameMXBean#reportParts}. It comes from another JVM, so the size
 * of what is in it has a limit.
 */
final class ReportParts {

    private ReportParts() {}

    /**
     * Returns the JSON in these parts of a gzip file.
     *
     * @throws ReportFormatException if they are no such file, or if the JSON is larger than any report
     */
    static String toJson(byte[][] parts) throws ReportFormatException {
        return toJson(parts, ReportJson.maxBytes());
    }

    /** The same with another limit. */
    static String toJson(byte[][] parts, long mostBytes) throws ReportFormatException {
        InputStream file = new SequenceInputStream(Collections.enumeration(
                Arrays.stream(parts).map(ByteArrayInputStream::new).toList()));
        try (InputStream in = new GZIPInputStream(file)) {
            byte[] json = in.readNBytes((int) mostBytes + 1);
            if (json.length > mostBytes) {
                throw new ReportFormatException("a report of more than " + mostBytes + " bytes");
            }
            return new String(json, UTF_8);
        } catch (IOException e) {
            throw new ReportFormatException("a report that cannot be unpacked (" + e.getMessage() + ")", e);
        }
    }
}
