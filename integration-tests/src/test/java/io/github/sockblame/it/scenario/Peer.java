// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ServerSocketFactory;

/** The other side: accepts whoever comes, on loopback, in threads of its own, and closes when the other one has closed. */
public final class Peer implements Closeable {

    private final ServerSocket listener;
    private final Thread server;
    private final byte[] greeting;
    private final boolean leaves;
    private final ConcurrentLinkedQueue<Socket> guests = new ConcurrentLinkedQueue<>();

    private Peer(ServerSocketFactory listeners, byte[] greeting, boolean leaves) throws IOException {
        this(listeners.createServerSocket(0, 200, InetAddress.getLoopbackAddress()), greeting, leaves);
    }

    private Peer(ServerSocket listener, byte[] greeting, boolean leaves) {
        this.listener = listener;
        this.greeting = greeting;
        this.leaves = leaves;
        server = daemon("peer", this::serve);
        server.start();
    }

    /** One at this loopback address that says nothing and stays until the other one leaves. */
    public static Peer patient(InetAddress at) throws IOException {
        return new Peer(new ServerSocket(0, 200, at), new byte[0], false);
    }

    /** One that says nothing and stays until the other one leaves. */
    public static Peer patient() throws IOException {
        return new Peer(ServerSocketFactory.getDefault(), new byte[0], false);
    }

    /** One behind such a listener that sends one byte, which shows that it has shaken hands, and stays. */
    public static Peer greeting(ServerSocketFactory listeners) throws IOException {
        return new Peer(listeners, new byte[1], false);
    }

    /** One that sends this many bytes and closes. */
    public static Peer leaving(int bytes) throws IOException {
        return new Peer(ServerSocketFactory.getDefault(), new byte[bytes], true);
    }

    /** One at this loopback address that sends this many bytes and closes. */
    public static Peer leaving(InetAddress at, int bytes) throws IOException {
        return new Peer(new ServerSocket(0, 200, at), new byte[bytes], true);
    }

    public static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                Socket guest = listener.accept();
                guest.getOutputStream().write(greeting);
                if (leaves) {
                    guest.close();
                } else {
                    guests.add(guest);
                    daemon("peer of " + guest.getPort(), () -> stayWith(guest)).start();
                }
            } catch (IOException e) {
                // the guest or the listener is gone
            }
        }
    }

    private void stayWith(Socket guest) {
        try (guest) {
            int read = guest.getInputStream().read();
            while (read >= 0) {
                read = guest.getInputStream().read();
            }
        } catch (IOException e) {
            // gone, too
        } finally {
            guests.remove(guest);
        }
    }

    /** Throws every guest out with a reset. */
    public void resetAll() throws IOException {
        List<Socket> all = new ArrayList<>(guests);
        for (Socket guest : all) {
            guest.setSoLinger(true, 0);
            guest.close();
        }
    }

    /** Closes its side of every connection, once there are so many. */
    public void leaveAll(int expected) throws IOException {
        while (guests.size() < expected) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        for (Socket guest : new ArrayList<>(guests)) {
            guest.close();
        }
    }

    /** Ends its half of every connection, once there are so many; no reset comes of data that it has not read yet. */
    public void endAll(int expected) throws IOException {
        while (guests.size() < expected) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        for (Socket guest : guests) {
            guest.shutdownOutput();
        }
    }

    public boolean hasGuest() {
        return !guests.isEmpty();
    }

    /** How many connections there are. */
    public int guests() {
        return guests.size();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        try {
            server.join(10_000); // it is the one that gives the descriptor back, if it was blocked in accept
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
