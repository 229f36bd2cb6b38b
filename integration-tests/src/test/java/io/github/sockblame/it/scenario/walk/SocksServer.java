// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;

/** A SOCKS 5 proxy (RFC 1928) that asks for no password and connects to IPv4 addresses on loopback. */
final class SocksServer implements Closeable {

    private static final int VERSION = 5;
    private static final int IPV4 = 1;
    private static final int ADDRESS_LENGTH = 4;

    private final ServerSocket listener;

    SocksServer() throws IOException {
        listener = new ServerSocket(0, 20, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        Threads.daemon("SOCKS", this::serve).start();
    }

    SocketAddress address() {
        return listener.getLocalSocketAddress();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                Socket guest = listener.accept();
                Threads.daemon("SOCKS guest", () -> proxy(guest)).start();
            } catch (IOException e) {
                // the guest or the listener is gone
            }
        }
    }

    private static void proxy(Socket guest) {
        try (guest;
                Socket target = meet(guest)) {
            // one direction is enough here
            long unused = target.getInputStream().transferTo(guest.getOutputStream());
        } catch (IOException e) {
            // either is gone
        }
    }

    private static Socket meet(Socket guest) throws IOException {
        DataInputStream in = new DataInputStream(guest.getInputStream());
        expect(VERSION, in.readUnsignedByte());
        in.skipNBytes(in.readUnsignedByte()); // methods of authentication
        guest.getOutputStream().write(new byte[] {VERSION, 0}); // none
        expect(VERSION, in.readUnsignedByte());
        in.skipNBytes(2); // the command CONNECT, and a reserved byte
        expect(IPV4, in.readUnsignedByte());
        InetAddress address = InetAddress.getByAddress(in.readNBytes(ADDRESS_LENGTH));
        Socket target = new Socket(address, in.readUnsignedShort());
        guest.getOutputStream().write(new byte[] {VERSION, 0, 0, IPV4, 0, 0, 0, 0, 0, 0}); // succeeded
        return target;
    }

    private static void expect(int expected, int read) throws IOException {
        if (read != expected) {
            throw new IOException("not " + expected + " but " + read);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
