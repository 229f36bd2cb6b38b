// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.end;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Reads TLS to its end: of a connection that it keeps, and once more of one that it has closed. Without certificates. */
public final class TlsEnds {

    private static final String[] ANONYMOUS = {"TLS_DH_anon_WITH_AES_128_GCM_SHA256"};

    private final InetAddress here = InetAddress.getLoopbackAddress();
    private final List<Object> held = new ArrayList<>();
    private final SSLContext context;
    private final SSLServerSocket listener;

    /** Cipher suites without certificates. */
    public static String[] anonymousSuites() {
        return ANONYMOUS.clone();
    }

    private TlsEnds() throws IOException, GeneralSecurityException {
        context = anonymous();
        listener = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 5, here);
        listener.setEnabledCipherSuites(ANONYMOUS);
        Peer.daemon("tls peer", this::serve).start();
    }

    /** TLS between two sides that have no key. */
    public static SSLContext anonymous() throws GeneralSecurityException {
        Security.setProperty("jdk.tls.disabledAlgorithms", "");
        SSLContext context = SSLContext.getInstance("TLSv1.2");
        context.init(null, null, null);
        return context;
    }

    public static void main(String[] arguments) throws Exception {
        TlsEnds ends = new TlsEnds();
        ends.keep();
        ends.keepLayered();
        ends.readAfterClose();
        Checkpoint.reached("read", ends.held);
    }

    /** Says a byte to whoever comes, and goodbye. */
    private void serve() {
        try {
            while (true) {
                try (Socket guest = listener.accept()) {
                    guest.getOutputStream().write(7);
                }
            }
        } catch (IOException e) {
            System.out.println(e);
        }
    }

    private void keep() throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(here, listener.getLocalPort());
        held.add(readToEnd(socket));
    }

    private void keepLayered() throws IOException {
        Socket below = new Socket(here, listener.getLocalPort());
        held.add(readToEnd(
                (SSLSocket) context.getSocketFactory().createSocket(below, "localhost", below.getPort(), true)));
    }

    private void readAfterClose() throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(here, listener.getLocalPort());
        InputStream stream = readToEnd(socket);
        socket.close();
        try (Peer peer = Peer.patient()) {
            for (int i = 0; i < 3; i++) {
                openOther(peer); // one of them has the number now
            }
        }
        System.out.println("read " + stream.read());
    }

    private void openOther(Peer peer) throws IOException {
        held.add(SocketChannel.open(peer.address()));
    }

    private InputStream readToEnd(SSLSocket socket) throws IOException {
        held.add(socket);
        socket.setEnabledCipherSuites(ANONYMOUS);
        InputStream stream = socket.getInputStream();
        System.out.println("read " + stream.read());
        System.out.println("read " + stream.read());
        return stream;
    }
}
