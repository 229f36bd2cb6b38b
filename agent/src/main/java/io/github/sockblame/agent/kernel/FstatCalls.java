// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

/** What {@code fstat(2)} says of a number, by whatever way this JDK offers: whether it is open, and which socket it is. */
public interface FstatCalls {

    /** The number is not open. */
    long CLOSED = -1;

    /** The number is open, and no socket. */
    long NO_SOCKET = 0;

    /**
     * The inode of the socket behind this descriptor, the same that the link in {@code /proc/self/fd} names; or {@link #CLOSED} or
     * {@link #NO_SOCKET}.
     *
     * @throws Exception if there is no way to ask
     */
    long socketInode(int fd) throws Exception;
}
