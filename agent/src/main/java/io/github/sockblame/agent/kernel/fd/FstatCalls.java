// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.fd;

/** Calls {@code fstat(2)} for a number, by any way that this JDK has: whether it is open, and which socket it is. */
public interface FstatCalls {

    /** The number is not open. */
    long CLOSED = -1;

    /** The number is open, and no socket. */
    long NO_SOCKET = 0;

    /**
     * The inode of the socket behind this descriptor, the same as in the link in {@code /proc/self/fd}; or
     * {@link #CLOSED} or {@link #NO_SOCKET}.
     *
     * @throws Exception if the call is not possible
     */
    long socketInode(int fd) throws Exception;
}
