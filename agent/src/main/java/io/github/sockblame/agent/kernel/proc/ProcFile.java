// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.proc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.sockblame.agent.log.InternalErrors;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import org.jspecify.annotations.Nullable;

/**
 * A file of {@code /proc}, usually a table: one line of headings, then rows. It stays open, because at "Too many open
 * files" no file can be opened, but an open one can be read. Each reading begins at the start of the file, where the
 * kernel makes the content anew.
 *
 * <p>Not for two threads at once.
 */
public final class ProcFile {

    /** Bytes of a row of {@code net/tcp}, line feed included; those of {@code tcp6} are a little longer. */
    private static final int ROW = 150;

    private final File path;
    private final String absentReason;

    /*
     * Not a channel, because the interrupt of a reading thread would close it for good. An interrupt has no effect on
     * this one.
     */
    private @Nullable RandomAccessFile file;

    private boolean ended;

    /**
     * Opens nothing yet.
     *
     * @param absentReason the reason to report if there is no such file
     */
    public ProcFile(File path, String absentReason) {
        this.path = path;
        this.absentReason = absentReason;
    }

    /** Opens the file unless it is open. If that fails, the next reading tries again and reports the reason. */
    void openEarly() {
        try {
            open();
        } catch (IOException | RuntimeException e) {
            file = null;
        }
    }

    /** Passes every row below the headings to the reader, and returns the result; never throws. */
    public SourceStatus read(RowHandler rows) {
        return read(Integer.MAX_VALUE, true, byField(rows));
    }

    /**
     * The same in small pieces, for a reader that is done after a few rows. The kernel searches for as many rows as
     * fill the requested piece (seq_read_iter). After the last row of interest that search may be long: the kernel's
     * table of connections is as large as memory allows, and mostly empty.
     */
    public SourceStatus readHead(RowHandler rows) {
        return read(ROW, true, byField(rows));
    }

    private static LineHandler byField(RowHandler rows) {
        FieldSplitter fieldSplitter = new FieldSplitter();
        return new LineHandler() {
            @Override
            public boolean read(byte[] bytes, int from, int to) {
                fieldSplitter.split(bytes, from, to);
                return rows.read(fieldSplitter);
            }

            @Override
            public boolean acceptsHeader(String headings) {
                return rows.acceptsHeader(headings);
            }

            @Override
            public boolean isDone() {
                return rows.isDone();
            }
        };
    }

    /** Passes every line of a file without headings to the reader, and returns the result; never throws. */
    public SourceStatus readLines(LineHandler lines) {
        return read(Integer.MAX_VALUE, false, lines);
    }

    private SourceStatus read(int most, boolean headings, LineHandler reader) {
        try {
            return scan(new LineScanner(fromStart(), most), headings, reader);
        } catch (IOException | RuntimeException e) {
            InternalErrors.countUnlessRefused(e);
            close();
            return new SourceStatus(path.getPath(), false, path.exists() ? reason(e) : absentReason);
        }
    }

    private SourceStatus scan(LineScanner lineScanner, boolean headings, LineHandler reader) throws IOException {
        boolean more = lineScanner.next();
        if (!more) {
            return new SourceStatus(path.getPath(), false, "empty");
        }
        if (headings
                && !reader.acceptsHeader(new String(
                        lineScanner.bytes, lineScanner.start, lineScanner.end - lineScanner.start, ISO_8859_1))) {
            return new SourceStatus(path.getPath(), false, "unexpected columns");
        }
        int understood = 0;
        int others = 0;
        for (more = !headings || lineScanner.next(); more; more = !reader.isDone() && lineScanner.next()) {
            if (lineScanner.isWhole() && reader.read(lineScanner.bytes, lineScanner.start, lineScanner.end)) {
                understood++;
            } else {
                others++;
            }
        }
        boolean used = understood > 0 || others == 0;
        String detail = others == 0 ? null : others + (others == 1 ? " row" : " rows") + " not understood";
        return new SourceStatus(path.getPath(), used, detail);
    }

    private InputStream fromStart() throws IOException {
        RandomAccessFile open = open();
        open.seek(0);
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return open.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return open.read(bytes, offset, length);
            }
        };
    }

    private RandomAccessFile open() throws IOException {
        RandomAccessFile open = file;
        if (ended) {
            throw new IOException("given up, for the agent is detached");
        }
        if (open == null) {
            open = new RandomAccessFile(path, "r");
            file = open;
        }
        return open;
    }

    /** Closes the file for good. */
    void end() {
        ended = true;
        close();
    }

    private void close() {
        RandomAccessFile open = file;
        file = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // Its number is free in any case, and the cause of this close is already reported.
            }
        }
    }

    private String reason(Exception e) {
        String message = e.getMessage();
        if (message == null) {
            return e.getClass().getName();
        }
        // The JDK's message is "/proc/self/net/tcp (Too many open files)"; the name is in the report already.
        String prefix = path.getPath() + " (";
        return message.startsWith(prefix) ? message.substring(prefix.length(), message.length() - 1) : message;
    }
}
