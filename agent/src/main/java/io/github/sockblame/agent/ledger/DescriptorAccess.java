// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.io.FileDescriptor;
import java.net.Socket;
import java.net.SocketImpl;
import org.jspecify.annotations.Nullable;

/** Reads the private fields of the JDK that the ledger needs. */
public interface DescriptorAccess {

    /** {@code FileDescriptor.fd}: the number; -1 if it has none. */
    int numberOf(FileDescriptor fd);

    /** {@code SocketImpl.fd}: the descriptor; null if it has none. */
    @Nullable FileDescriptor descriptorOf(SocketImpl impl);

    /** Returns whether the peer ended a TLS socket's reading, by a close_notify or by a FIN in its place. */
    boolean isClosedByPeer(Socket tlsSocket);

    /**
     * Returns the descriptor below a socket, through all layers between, such as TLS over another socket or SOCKS; null
     * if it has none, or if its close has begun.
     */
    @Nullable FileDescriptor underlyingDescriptor(Socket socket);
}
