// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.file;

import java.io.IOException;
import java.io.OutputStream;

/** A stream that takes a limited number of bytes. */
public final class BoundedStream extends OutputStream {

    private final OutputStream target;
    private final long mostBytes;
    private long bytes;

    /** Passes at most so many bytes on to this stream, which is not closed. */
    public BoundedStream(OutputStream target, long mostBytes) {
        this.target = target;
        this.mostBytes = mostBytes;
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] content, int from, int length) throws IOException {
        if (bytes + length > mostBytes) {
            throw new IOException("it has more than " + mostBytes + " bytes");
        }
        target.write(content, from, length);
        bytes += length;
    }

    /** The number of bytes so far. */
    public long bytes() {
        return bytes;
    }
}
