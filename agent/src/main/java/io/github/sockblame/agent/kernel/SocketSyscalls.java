// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import java.io.IOException;

/** System calls on a descriptor that is open already, by whatever way this JDK offers. */
public interface SocketSyscalls {

    /**
     * The first four bytes that {@code getsockopt} answers, as an int in memory order.
     *
     * @param level {@code SOL_SOCKET} or a protocol, by the kernel's number
     * @param option the option, by the kernel's number
     * @throws Throwable an {@link IOException} if the kernel refuses: not open, no socket, not of that protocol
     */
    int read(int fd, int level, int option) throws Throwable;

    /**
     * What {@code poll} answers at once.
     *
     * @param events those to ask for; {@code POLLHUP} and {@code POLLERR} are answered unasked
     * @throws Throwable an {@link IOException} if the kernel refuses, or if there is no way to ask
     */
    default int poll(int fd, int events) throws Throwable {
        throw new IOException("no way to poll");
    }
}
