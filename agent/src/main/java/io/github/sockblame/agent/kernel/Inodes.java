// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import java.util.Arrays;
import java.util.Collection;

/** A fixed set of inodes that is asked once a table row: no object a question. */
final class Inodes {

    private final long[] sorted;

    Inodes(Collection<Long> inodes) {
        sorted = new long[inodes.size()];
        int i = 0;
        for (long inode : inodes) {
            sorted[i++] = inode;
        }
        Arrays.sort(sorted);
    }

    boolean contains(long inode) {
        return Arrays.binarySearch(sorted, inode) >= 0;
    }
}
