// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The inode of each socket descriptor, in the order of descriptors: a map in which no number has an object of its own. */
public final class SocketInodes extends AbstractMap<Integer, Long> {

    private final int[] fds;
    private final long[] inodes;

    private SocketInodes(int[] fds, long[] inodes) {
        this.fds = fds;
        this.inodes = inodes;
    }

    /** The same content as another map. */
    public static SocketInodes of(Map<Integer, Long> inodeByFd) {
        Builder builder = new Builder();
        for (Map.Entry<Integer, Long> entry : new TreeMap<>(inodeByFd).entrySet()) {
            builder.add(entry.getKey(), entry.getValue());
        }
        return builder.build();
    }

    /** The descriptor at this index, 0 to {@link #size} - 1. */
    public int fd(int place) {
        return fds[place];
    }

    /** The inode of the descriptor at this index. */
    public long inode(int place) {
        return inodes[place];
    }

    @Override
    public int size() {
        return fds.length;
    }

    /** Returns whether there is a socket behind this descriptor. */
    public boolean contains(int fd) {
        return Arrays.binarySearch(fds, fd) >= 0;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key instanceof Integer fd && contains(fd);
    }

    @Override
    public @Nullable Long get(@Nullable Object key) {
        int place = key instanceof Integer fd ? Arrays.binarySearch(fds, fd) : -1;
        return place < 0 ? null : (Long) inodes[place];
    }

    @Override
    public Set<Entry<Integer, Long>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return fds.length;
            }

            @Override
            public Iterator<Entry<Integer, Long>> iterator() {
                return new Iterator<>() {
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < fds.length;
                    }

                    @Override
                    public Entry<Integer, Long> next() {
                        if (next == fds.length) {
                            throw new NoSuchElementException();
                        }
                        return Map.entry(fds[next], inodes[next++]);
                    }
                };
            }
        };
    }

    /** Collects them, in any order. */
    static final class Builder {

        private int[] fds = new int[64];
        private long[] inodes = new long[64];
        private int size;
        private boolean unsorted;

        /** Adds a new descriptor. */
        void add(int fd, long inode) {
            if (size == fds.length) {
                fds = Arrays.copyOf(fds, 2 * size);
                inodes = Arrays.copyOf(inodes, 2 * size);
            }
            unsorted |= size > 0 && fds[size - 1] > fd;
            fds[size] = fd;
            inodes[size++] = inode;
        }

        /** The inode that was added last; 0 if there is none. */
        long last() {
            return size == 0 ? 0 : inodes[size - 1];
        }

        SocketInodes build() {
            if (unsorted) {
                Map<Integer, Long> sorted = new TreeMap<>();
                for (int i = 0; i < size; i++) {
                    sorted.put(fds[i], inodes[i]);
                }
                return of(sorted);
            }
            return new SocketInodes(Arrays.copyOf(fds, size), Arrays.copyOf(inodes, size));
        }
    }
}
