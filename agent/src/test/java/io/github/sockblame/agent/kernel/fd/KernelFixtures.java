// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.fd;

import io.github.sockblame.agent.collection.IntLongTable;
import java.util.Map;

/** The maps of a reading, with the content of a map of the JDK. */
public final class KernelFixtures {

    private KernelFixtures() {}

    /** Inode of each socket, by descriptor. */
    public static SocketInodes socketInodes(Map<Integer, Long> inodeByFd) {
        IntLongTable table = new IntLongTable();
        inodeByFd.forEach(table::put);
        return new SocketInodes(table);
    }

    /** Rows by inode. */
    public static <R> InodeMap<R> rows(Map<Long, R> byInode) {
        InodeSet inodes = new InodeSet(byInode.keySet());
        InodeMap<R> rows = new InodeMap<>(inodes);
        byInode.forEach((inode, row) -> rows.setAt(inodes.placeOf(inode), row));
        return rows;
    }
}
