// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import java.util.HashSet;
import java.util.Set;

/**
 * Reads rows of {@code net/unix}, and keeps the wanted inodes.
 *
 * <p>The path that ends a row is whatever the binder of the socket chose, a line feed included: a row here can be forged
 * by another process. Where a TCP row names the same inode, believe that one.
 */
final class UnixInodes implements RowHandler {

    /* Headings: Num, RefCount, Protocol, Flags, Type, St, Inode, Path. */
    private static final int INODE = 6;

    private final InodeSet wanted;
    private final Set<Long> found = new HashSet<>();

    UnixInodes(InodeSet wanted) {
        this.wanted = wanted;
    }

    Set<Long> found() {
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
