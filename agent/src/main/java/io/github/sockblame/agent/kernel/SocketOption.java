// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

/** The first four bytes that {@code getsockopt} answers, by whatever way this JDK offers. */
public interface SocketOption {

    /**
     * The option's value as an int in memory order.
     *
     * @param level {@code SOL_SOCKET} or a protocol, by the kernel's number
     * @param option the option, by the kernel's number
     * @throws Throwable an {@link java.io.IOException} if the kernel refuses: not open, no socket, not of that protocol
     */
    int read(int fd, int level, int option) throws Throwable;
}
