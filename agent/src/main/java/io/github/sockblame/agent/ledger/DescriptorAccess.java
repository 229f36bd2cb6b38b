// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.io.FileDescriptor;
import java.net.Socket;
import java.net.SocketImpl;
import org.jspecify.annotations.Nullable;

/** Reads the fields of the JDK that the ledger needs and that the JDK does not hand out. */
public interface DescriptorAccess {

    /** {@code FileDescriptor.fd}: the number; -1 if it has none. */
    int numberOf(FileDescriptor fd);

    /** {@code SocketImpl.fd}: the descriptor; null if it has none. */
    @Nullable FileDescriptor descriptorOf(SocketImpl impl);

    /** Whether it was the peer that ended a TLS socket's reading: by a close_notify, or by a FIN in its place. */
    boolean isClosedByPeer(Socket tlsSocket);

    /**
     * The descriptor below a socket, through whatever lies between: TLS over another socket, SOCKS; null if it has none, or if its
     * close has begun.
     */
    @Nullable FileDescriptor underlyingDescriptor(Socket socket);
}
