// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One end of a connection, whatever the JDK calls it, and what is known of its life. */
abstract class Side {

    private final String kind;
    private final Set<Capability> abilities;
    private volatile boolean open = true;
    private volatile boolean shut;
    private volatile boolean told;
    private volatile boolean broken;
    private int local = -1;
    private int remote = -1;

    Side(String kind, Set<Capability> abilities) {
        this.kind = kind;
        this.abilities = abilities;
    }

    /** Sends one byte. */
    abstract void write() throws Exception;

    /** Reads once, and waits until there is something to read; -1 at the end of file. */
    abstract int read() throws Exception;

    /** Closes it in the usual way. */
    abstract void closeIt() throws Exception;

    /** The object that the program holds. */
    abstract Object object();

    abstract @Nullable SocketAddress localAddress() throws IOException;

    abstract @Nullable SocketAddress remoteAddress() throws IOException;

    /** What must be done on both sides at once before bytes can be exchanged. */
    void begin() throws Exception {}

    void closeByStream() throws Exception {
        throw new SocketException("no stream");
    }

    void shutdownOutput() throws Exception {
        throw new SocketException("no half close");
    }

    void lingerNot() throws Exception {
        throw new SocketException("no linger");
    }

    final String kind() {
        return kind;
    }

    final boolean can(Capability capability) {
        return abilities.contains(capability);
    }

    /** Notes its addresses while it has them. */
    final void begun() throws IOException {
        local = portOf(localAddress());
        remote = portOf(remoteAddress());
    }

    private static int portOf(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet ? inet.getPort() : -1;
    }

    /** Local port; -1 if it has none. */
    final int local() {
        return local;
    }

    /** The peer's port; -1 if it has none. */
    final int remote() {
        return remote;
    }

    /** Whether its descriptor is open; its peer has not been told of its end then, unless it was shut. */
    final boolean isOpen() {
        return open;
    }

    /** Whether the program holds it and has not closed it. */
    boolean isHeld() {
        return open;
    }

    /** Whether it still can send. */
    final boolean isShut() {
        return shut;
    }

    /** Whether a read of it returned -1. */
    final boolean isTold() {
        return told;
    }

    /** Whether nothing is known any more of what its reads say. */
    final boolean isBroken() {
        return broken;
    }

    final void close() throws Exception {
        open = false;
        closeIt();
    }

    final void closeStream() throws Exception {
        open = false;
        closeByStream();
    }

    final void abort() throws Exception {
        lingerNot();
        close();
    }

    final void halfClose() throws Exception {
        shut = true;
        shutdownOutput();
    }

    /** For a side that nobody can use any more: it sends nothing, and its peer hears of its end only if it said so before. */
    final void shutForGood(boolean saidSo) {
        broken = true;
        shut = saidSo;
    }

    /** What was done to it failed: TLS closes itself then, and its peer hears of that. */
    final void breaks() {
        broken = true;
    }

    final void closedByOthers() {
        open = false;
    }

    /** Reads until the end of file, or until the connection turns out to be reset. */
    final void readToTheEnd() throws Exception {
        try {
            int read = read();
            while (read >= 0) {
                read = read();
            }
            told = true;
        } catch (IOException e) {
            broken = true;
        }
    }

    @Override
    public String toString() {
        return kind + " " + local + "->" + remote + (open ? "" : " closed") + (shut ? " shut" : "")
                + (told ? " told" : "") + (broken ? " broken" : "");
    }
}
