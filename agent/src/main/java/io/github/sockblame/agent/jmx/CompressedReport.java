// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jmx;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.write.ReportWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The JSON of a report as a gzip file, in pieces. The fields of a socket are the same in every row, so a piece holds the
 * rows of some hundred sockets, and the JSON itself is never in memory as a whole.
 */
final class CompressedReport {

    private static final int PIECE = 16 * 1024;
    private static final int BUFFER = 8 * 1024;

    private final Pieces pieces = new Pieces();
    private long length; // of the JSON, in bytes

    private CompressedReport() {}

    static CompressedReport of(Report report) {
        CompressedReport compressed = new CompressedReport();
        try (Fast gzip = new Fast(compressed.pieces)) {
            ReportWriter.write(report, gzip);
            compressed.length = gzip.length();
        } catch (IOException e) {
            throw new IllegalStateException(e); // there is no file
        }
        return compressed;
    }

    /** The bytes of the file. */
    byte[][] parts() {
        return pieces.full.toArray(new byte[0][]);
    }

    /** The JSON as one text. */
    String toJson() {
        List<InputStream> streams = new ArrayList<>();
        for (byte[] piece : pieces.full) {
            streams.add(new ByteArrayInputStream(piece));
        }
        byte[] json = new byte[Math.toIntExact(length)];
        try (InputStream in = new GZIPInputStream(new SequenceInputStream(Collections.enumeration(streams)), BUFFER)) {
            int read = in.readNBytes(json, 0, json.length);
            return new String(json, 0, read, UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e); // we have compressed it
        }
    }

    /** Compresses with the least work: the next level takes twice the time for a few percent. */
    private static final class Fast extends GZIPOutputStream {

        Fast(OutputStream target) throws IOException {
            super(target, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }

        long length() {
            return def.getBytesRead();
        }
    }

    /** Collects bytes without ever copying those that it has. */
    private static final class Pieces extends OutputStream {

        private final List<byte[]> full = new ArrayList<>();
        private byte[] latest = new byte[PIECE];
        private int used;

        @Override
        public void write(int oneByte) {
            write(new byte[] {(byte) oneByte}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            int written = 0;
            while (written < length) {
                if (used == PIECE) {
                    full.add(latest);
                    latest = new byte[PIECE];
                    used = 0;
                }
                int next = Math.min(length - written, PIECE - used);
                System.arraycopy(bytes, from + written, latest, used, next);
                used += next;
                written += next;
            }
        }

        @Override
        public void close() {
            if (used > 0) {
                full.add(Arrays.copyOf(latest, used));
                used = 0;
            }
        }
    }
}
