// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.fd;

import io.github.sockblame.agent.collection.IntLongTable;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The inode of each socket descriptor, in the order of descriptors: a map in which no number has an object of its own. */
public final class SocketInodes extends AbstractMap<Integer, Long> {

    private final IntLongTable inodeByFd;

    /** Takes over the table: it must not change any further. */
    SocketInodes(IntLongTable inodeByFd) {
        this.inodeByFd = inodeByFd;
    }

    /** The descriptor at this index, 0 to {@link #size} - 1. */
    public int fd(int index) {
        return inodeByFd.key(index);
    }

    /** The inode of the descriptor at this index. */
    public long inode(int index) {
        return inodeByFd.value(index);
    }

    @Override
    public int size() {
        return inodeByFd.size();
    }

    /** Returns whether there is a socket behind this descriptor. */
    public boolean contains(int fd) {
        return inodeByFd.indexOf(fd) >= 0;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key instanceof Integer fd && contains(fd);
    }

    @Override
    public @Nullable Long get(@Nullable Object key) {
        int index = key instanceof Integer fd ? inodeByFd.indexOf(fd) : -1;
        return index < 0 ? null : (Long) inode(index);
    }

    @Override
    public Set<Entry<Integer, Long>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return inodeByFd.size();
            }

            @Override
            public Iterator<Entry<Integer, Long>> iterator() {
                return new Iterator<>() {
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < inodeByFd.size();
                    }

                    @Override
                    public Entry<Integer, Long> next() {
                        if (next == inodeByFd.size()) {
                            throw new NoSuchElementException();
                        }
                        return Map.entry(fd(next), inode(next++));
                    }
                };
            }
        };
    }
}
