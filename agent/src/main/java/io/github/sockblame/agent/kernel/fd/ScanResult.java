// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.fd;

import io.github.sockblame.agent.collection.IntLongTable;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The descriptors that one scan found open, and the sockets among them. */
public final class ScanResult {

    private final IntLongTable inodes;
    private final BitSet numbers = new BitSet();
    private final BitSet remembered = new BitSet();
    private long open;
    private int unreadable;

    /** Begins without a descriptor. */
    ScanResult() {
        this(0);
    }

    /** Begins without a descriptor, and has room for so many sockets. */
    ScanResult(int room) {
        inodes = new IntLongTable(room);
    }

    /** Adds an open descriptor with the inode of its socket, or {@link FstatCalls#NO_SOCKET}. */
    void add(int fd, long inode) {
        open++;
        numbers.set(fd);
        if (inode > 0) {
            inodes.put(fd, inode);
        }
    }

    /** Adds a socket that is open as far as is remembered. */
    void addRemembered(int fd, long inode) {
        add(fd, inode);
        remembered.set(fd);
    }

    /** Adds an open descriptor whose link cannot be read. */
    void addUnreadable(int fd) {
        add(fd, FstatCalls.NO_SOCKET);
        unreadable++;
    }

    boolean contains(int fd) {
        return numbers.get(fd);
    }

    boolean isRemembered(int fd) {
        return remembered.get(fd);
    }

    boolean hasRemembered() {
        return !remembered.isEmpty();
    }

    /** Inode of each socket, by descriptor. It is certain for those with an fstat, and not for the remembered ones. */
    public SocketInodes socketInodes() {
        return new SocketInodes(inodes);
    }

    /** Removes a remembered socket from the count: its descriptor is closed. */
    void countClosed() {
        open--;
    }

    /** Number of open descriptors; -1 if there is none, which is impossible for a running process. */
    public long open() {
        return open == 0 ? -1 : open;
    }

    /** What the scan could not read; null if nothing. */
    @Nullable String detail() {
        return unreadable == 0 ? null : unreadable + " links not readable, counted as open";
    }
}
