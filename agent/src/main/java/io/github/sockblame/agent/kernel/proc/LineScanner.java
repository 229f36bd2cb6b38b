// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.proc;

import java.io.IOException;
import java.io.InputStream;

/** The lines of a file, one after the other, as ranges of one buffer: a line needs no object. */
final class LineScanner {

    /*
     * Two pages. A read of a /proc table returns at most one page, whatever its size; and up to this size
     * RandomAccessFile reads through its own stack instead of malloc.
     */
    private static final int BUFFER = 8192;

    /** Enough for the longest line, where only the head of a table is read. */
    private static final int SMALL_BUFFER = 1024;

    final byte[] bytes;
    int start;
    int end;

    private final InputStream in;
    private int next;
    private int limit;
    private boolean whole;

    private final int most;

    LineScanner(InputStream in) {
        this(in, BUFFER);
    }

    /** Reads lines in pieces of at most so many bytes. */
    LineScanner(InputStream in, int most) {
        this.in = in;
        this.most = most;
        bytes = new byte[most < SMALL_BUFFER ? SMALL_BUFFER : BUFFER];
    }

    /** Moves to the next line: then {@code bytes} has it from {@code start} to before {@code end}. False after the last. */
    boolean next() throws IOException {
        int scanned = next;
        boolean tooLong = false;
        while (true) {
            for (int i = scanned; i < limit; i++) {
                if (bytes[i] == '\n') {
                    return line(next, i, i + 1, !tooLong);
                }
            }
            System.arraycopy(bytes, next, bytes, 0, limit - next);
            limit -= next;
            next = 0;
            if (limit == bytes.length) {
                tooLong = true;
                limit = 0;
            }
            scanned = limit;
            int read = in.read(bytes, limit, Math.min(most, bytes.length - limit));
            if (read <= 0) {
                boolean rest = tooLong || limit > 0;
                line(0, limit, limit, false);
                return rest;
            }
            limit += read;
        }
    }

    /**
     * Returns whether the line is complete. The last one is not if it has no line feed: the kernel ends every line, so
     * this one was cut, perhaps within a number. A line that is longer than the buffer is not complete either.
     */
    boolean isWhole() {
        return whole;
    }

    private boolean line(int from, int to, int following, boolean complete) {
        start = from;
        end = to;
        next = following;
        whole = complete;
        return true;
    }
}
