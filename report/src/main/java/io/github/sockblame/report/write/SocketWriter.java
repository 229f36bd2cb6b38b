// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.write;

import io.github.sockblame.report.Socket;
import io.github.sockblame.report.SocketEvent;
import io.github.sockblame.report.SocketRow;
import io.github.sockblame.report.SocketRows;
import java.util.List;
import tools.jackson.core.io.SerializedString;

/** Writes the sockets. A report has tens of thousands of them, so the names of their fields are made once. */
final class SocketWriter {

    private static final SerializedString FD = new SerializedString("fd");
    private static final SerializedString INODE = new SerializedString("inode");
    private static final SerializedString PROTOCOL = new SerializedString("protocol");
    private static final SerializedString STATE = new SerializedString("state");
    private static final SerializedString LOCAL = new SerializedString("local");
    private static final SerializedString REMOTE = new SerializedString("remote");
    private static final SerializedString RECV_Q = new SerializedString("recvQ");
    private static final SerializedString SEND_Q = new SerializedString("sendQ");
    private static final SerializedString ORIGIN = new SerializedString("origin");
    private static final SerializedString OPENED = new SerializedString("opened");
    private static final SerializedString LISTENER_OPENED = new SerializedString("listenerOpened");
    private static final SerializedString EOF = new SerializedString("eof");
    private static final SerializedString CLOSE_NOTIFY = new SerializedString("closeNotify");
    private static final SerializedString CLOSING = new SerializedString("closing");
    private static final SerializedString CURRENT = new SerializedString("current");
    private static final SerializedString LAST_USED_AT = new SerializedString("lastUsedAt");
    private static final SerializedString LAST_USE = new SerializedString("lastUse");
    private static final SerializedString STATE_SINCE = new SerializedString("stateSince");
    private static final SerializedString VERDICT = new SerializedString("verdict");
    private static final SerializedString CONFIDENCE = new SerializedString("confidence");
    private static final SerializedString SITE = new SerializedString("site");
    private static final SerializedString WEIGHT = new SerializedString("weight");

    private final JsonFields to;

    SocketWriter(JsonFields to) {
        this.to = to;
    }

    void write(String name, List<Socket> sockets) {
        to.startArray(name);
        if (sockets instanceof SocketRows rows) {
            for (int i = 0; i < rows.size(); i++) {
                write(rows.row(i));
            }
        } else {
            for (Socket socket : sockets) {
                write(socket);
            }
        }
        to.endArray();
    }

    private void write(Socket socket) {
        to.start();
        to.number(FD, socket.fd());
        to.number(INODE, socket.inode());
        to.constant(PROTOCOL, socket.protocol());
        to.constant(STATE, socket.state());
        to.endpoint(LOCAL, socket.local());
        to.endpoint(REMOTE, socket.remote());
        to.number(RECV_Q, socket.recvQ());
        to.number(SEND_Q, socket.sendQ());
        to.constant(ORIGIN, socket.origin());
        to.event(OPENED, socket.opened());
        to.event(LISTENER_OPENED, socket.listenerOpened());
        to.event(EOF, socket.eof());
        to.event(CLOSE_NOTIFY, socket.closeNotify());
        to.event(CLOSING, socket.closing());
        to.event(CURRENT, socket.current());
        to.time(LAST_USED_AT, socket.lastUsedAt());
        to.event(LAST_USE, socket.lastUse());
        to.time(STATE_SINCE, socket.stateSince());
        to.constant(VERDICT, socket.verdict());
        to.constant(CONFIDENCE, socket.confidence());
        to.number(SITE, socket.site());
        to.number(WEIGHT, socket.weight());
        to.end();
    }

    /** Writes the same without an object for a time or an event. */
    private void write(SocketRow row) {
        to.start();
        to.number(FD, row.fd());
        to.number(INODE, row.inode());
        to.constant(PROTOCOL, row.protocol());
        to.constant(STATE, row.state());
        to.endpoint(LOCAL, row.local());
        to.endpoint(REMOTE, row.remote());
        to.number(RECV_Q, row.recvQ());
        to.number(SEND_Q, row.sendQ());
        to.constant(ORIGIN, row.origin());
        event(OPENED, row, SocketEvent.OPENED);
        event(LISTENER_OPENED, row, SocketEvent.LISTENER_OPENED);
        event(EOF, row, SocketEvent.EOF);
        event(CLOSE_NOTIFY, row, SocketEvent.CLOSE_NOTIFY);
        event(CLOSING, row, SocketEvent.CLOSING);
        event(CURRENT, row, SocketEvent.CURRENT);
        time(LAST_USED_AT, row.lastUsedMillis());
        event(LAST_USE, row, SocketEvent.LAST_USE);
        time(STATE_SINCE, row.stateSinceMillis());
        to.constant(VERDICT, row.verdict());
        to.constant(CONFIDENCE, row.confidence());
        to.number(SITE, row.site());
        to.number(WEIGHT, row.weight());
        to.end();
    }

    private void event(SerializedString name, SocketRow row, SocketEvent event) {
        if (row.has(event)) {
            to.event(name, row.millis(event), row.thread(event), row.stack(event));
        } else {
            to.none(name);
        }
    }

    private void time(SerializedString name, long millis) {
        if (millis == SocketRow.NO_TIME) {
            to.none(name);
        } else {
            to.time(name, millis);
        }
    }
}
