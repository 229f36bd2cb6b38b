// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ObjectInputFilter.Status;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import org.junit.jupiter.api.Test;

class LoopbackSocketsTest {

    private static final String ELSEWHERE = "another-machine.invalid"; // RFC 6761: it has no address

    private final LoopbackSockets sockets = new LoopbackSockets();

    @Test
    void connectionStaysOnThisMachineWhateverTheHost() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket connected = sockets.createSocket(ELSEWHERE, server.getLocalPort())) {
            assertThat(connected.getInetAddress().isLoopbackAddress()).isTrue();
            assertThat(connected.getPort()).isEqualTo(server.getLocalPort());
        }
    }

    @Test
    void addressOfTheUserIsUsedAsItIs() {
        sockets.allowAll();
        assertThatThrownBy(() -> sockets.createSocket(ELSEWHERE, 1)).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void stubBringsNoSocketFactoryUnlessTheUserNamedAnAddress() {
        assertThat(sockets.checkClass(SslRMIClientSocketFactory.class)).isEqualTo(Status.REJECTED);
        assertThat(sockets.checkClass(String.class)).isEqualTo(Status.UNDECIDED);
        assertThat(sockets.checkClass(null)).isEqualTo(Status.UNDECIDED);
        sockets.allowAll();
        assertThat(sockets.checkClass(SslRMIClientSocketFactory.class)).isEqualTo(Status.UNDECIDED);
    }
}
