// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.proc;

/** Reads {@code sys/net/core/somaxconn}: the namespace's bound for the backlog of any listener, one number. */
public final class SomaxconnReader implements LineHandler {

    private long most = -1;

    /** The bound; -1 if unknown. */
    public long most() {
        return most;
    }

    @Override
    public boolean read(byte[] bytes, int from, int to) {
        most = ByteDigits.decimal(bytes, from, to);
        return most >= 0;
    }
}
