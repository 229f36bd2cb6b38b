// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import io.github.sockblame.agent.kernel.fd.InodeSet;
import io.github.sockblame.agent.kernel.proc.FieldSplitter;
import io.github.sockblame.agent.kernel.proc.RowHandler;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads rows of {@code net/unix}, and keeps the wanted inodes.
 *
 * <p>The path at the end of a row is any text of the program that bound the socket, even with a line feed, so another
 * process can forge a row here. If a TCP row has the same inode, that one counts.
 */
public final class UnixInodes implements RowHandler {

    /* Headings: Num, RefCount, Protocol, Flags, Type, St, Inode, Path. */
    private static final int INODE = 6;

    private final InodeSet wanted;
    private final Set<Long> found = new HashSet<>();

    /** Keeps those of these inodes that have a row. */
    public UnixInodes(InodeSet wanted) {
        this.wanted = wanted;
    }

    /** The wanted inodes that have a row. */
    public Set<Long> found() {
        return found;
    }

    @Override
    public boolean read(FieldSplitter row) {
        if (row.count() <= INODE) {
            return false;
        }
        long inode = row.decimal(INODE);
        if (wanted.contains(inode)) {
            found.add(inode);
        }
        return inode >= 0;
    }
}
