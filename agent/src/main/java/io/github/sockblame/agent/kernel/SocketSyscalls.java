// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import java.io.IOException;

/** System calls on an open descriptor, by any way that this JDK has. */
public interface SocketSyscalls {

    /**
     * The first four bytes of the result of {@code getsockopt}, as an int in memory order.
     *
     * @param level {@code SOL_SOCKET} or a protocol, by the kernel's number
     * @param option the option, by the kernel's number
     * @throws Throwable an {@link IOException} if the kernel refuses: not open, no socket, not of that protocol
     */
    int read(int fd, int level, int option) throws Throwable;

    /**
     * The number of bytes that can be read at once: {@code ioctl(FIONREAD)}.
     *
     * @throws Throwable an {@link IOException} if the kernel refuses, as for a listener, or if the call is not possible
     */
    default int available(int fd) throws Throwable {
        throw new IOException("no way to ask for the unread bytes");
    }

    /**
     * The immediate result of {@code poll}.
     *
     * @param events the requested ones; {@code POLLHUP} and {@code POLLERR} are always in the result
     * @throws Throwable an {@link IOException} if the kernel refuses, or if the call is not possible
     */
    default int poll(int fd, int events) throws Throwable {
        throw new IOException("no way to poll");
    }
}
