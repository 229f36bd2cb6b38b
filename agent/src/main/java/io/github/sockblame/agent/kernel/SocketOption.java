// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

/** The first four bytes of {@code getsockopt(IPPROTO_TCP, TCP_INFO)}, by whatever way this JDK offers. */
public interface SocketOption {

    /**
     * The option's value as an int in memory order.
     *
     * @throws Throwable an {@link java.io.IOException} if the kernel refuses: not open, no socket, no TCP
     */
    int read(int fd) throws Throwable;
}
