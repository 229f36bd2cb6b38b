// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * As much of an HTTP/2 server as one upgraded request needs (RFC 7540, section 3.2): status 200, no body, and the
 * connection goes away.
 */
final class UpgradingServer implements Closeable {

    private static final int PREFACE_LENGTH = 24;
    private static final byte HEADERS = 1;
    private static final byte SETTINGS = 4;
    private static final byte END_STREAM_AND_HEADERS = 5;
    private static final byte ACK = 1;

    /** HPACK, the static table's entry 8: {@code :status 200}. */
    private static final byte STATUS_200 = (byte) 0x88;

    private static final String END_OF_REQUEST = "\r\n\r\n";

    private final ServerSocket listener;

    UpgradingServer() throws IOException {
        listener = new ServerSocket(0, 20, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        Threads.daemon("HTTP/2", this::serve).start();
    }

    int port() {
        return listener.getLocalPort();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                Socket guest = listener.accept();
                Threads.daemon("HTTP/2 guest", () -> answer(guest)).start();
            } catch (IOException e) {
                // the guest or the listener is gone
            }
        }
    }

    private static void answer(Socket guest) {
        try (guest) {
            DataInputStream in = new DataInputStream(guest.getInputStream());
            OutputStream out = guest.getOutputStream();
            skipRequest(in);
            out.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
                    .getBytes(US_ASCII));
            frame(out, SETTINGS, 0, 0);
            in.skipNBytes(PREFACE_LENGTH);
            skipFrame(in); // its settings
            frame(out, SETTINGS, ACK, 0);
            frame(out, HEADERS, END_STREAM_AND_HEADERS, 1, STATUS_200);
            guest.shutdownOutput();
            long unused = in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // gone
        }
    }

    private static void skipRequest(DataInputStream in) throws IOException {
        int matched = 0;
        while (matched < END_OF_REQUEST.length()) {
            int read = in.readUnsignedByte();
            matched = read == END_OF_REQUEST.charAt(matched) ? matched + 1 : read == '\r' ? 1 : 0;
        }
    }

    private static void skipFrame(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        in.skipNBytes(6L + length);
    }

    private static void frame(OutputStream out, int type, int flags, int stream, int... payload) throws IOException {
        byte[] frame = new byte[9 + payload.length];
        frame[2] = (byte) payload.length;
        frame[3] = (byte) type;
        frame[4] = (byte) flags;
        frame[8] = (byte) stream;
        for (int i = 0; i < payload.length; i++) {
            frame[9 + i] = (byte) payload[i];
        }
        out.write(frame);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
