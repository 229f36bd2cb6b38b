// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.json;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.Socket;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Write the parts that a report has tens of thousands of: sockets, with their events and endpoints. The output is the
 * same as Jackson's own: every component in its order, null where there is none. Jackson would read each component by a
 * method handle, which takes longer than to write it.
 */
final class RowSerializers {

    private static final SerializedString ADDRESS = new SerializedString("address");
    private static final SerializedString PORT = new SerializedString("port");
    private static final SerializedString AT = new SerializedString("at");
    private static final SerializedString THREAD = new SerializedString("thread");
    private static final SerializedString STACK = new SerializedString("stack");
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

    private static final InstantText TIMES = new InstantText();

    private RowSerializers() {}

    static JacksonModule module() {
        return new SimpleModule("rows")
                .addSerializer(Socket.class, new OfSocket())
                .addSerializer(Event.class, new OfEvent())
                .addSerializer(Endpoint.class, new OfEndpoint());
    }

    private static final class OfSocket extends ValueSerializer<Socket> {

        @Override
        public void serialize(Socket socket, JsonGenerator to, SerializationContext context) {
            to.writeStartObject();
            to.writeName(FD).writeNumber(socket.fd());
            to.writeName(INODE).writeNumber(socket.inode());
            write(PROTOCOL, socket.protocol(), to);
            write(STATE, socket.state(), to);
            write(LOCAL, socket.local(), to);
            write(REMOTE, socket.remote(), to);
            write(RECV_Q, socket.recvQ(), to);
            write(SEND_Q, socket.sendQ(), to);
            write(ORIGIN, socket.origin(), to);
            write(OPENED, socket.opened(), to);
            write(LISTENER_OPENED, socket.listenerOpened(), to);
            write(EOF, socket.eof(), to);
            write(CLOSE_NOTIFY, socket.closeNotify(), to);
            write(CLOSING, socket.closing(), to);
            write(CURRENT, socket.current(), to);
            write(LAST_USED_AT, socket.lastUsedAt(), to);
            write(LAST_USE, socket.lastUse(), to);
            write(STATE_SINCE, socket.stateSince(), to);
            write(VERDICT, socket.verdict(), to);
            write(CONFIDENCE, socket.confidence(), to);
            write(SITE, socket.site(), to);
            write(WEIGHT, socket.weight(), to);
            to.writeEndObject();
        }
    }

    private static final class OfEvent extends ValueSerializer<Event> {

        @Override
        public void serialize(Event event, JsonGenerator to, SerializationContext context) {
            write(event, to);
        }
    }

    private static final class OfEndpoint extends ValueSerializer<Endpoint> {

        @Override
        public void serialize(Endpoint endpoint, JsonGenerator to, SerializationContext context) {
            write(endpoint, to);
        }
    }

    private static void write(Event event, JsonGenerator to) {
        to.writeStartObject();
        write(AT, event.at(), to);
        to.writeName(THREAD).writeString(event.thread());
        to.writeName(STACK).writeNumber(event.stack());
        to.writeEndObject();
    }

    private static void write(Endpoint endpoint, JsonGenerator to) {
        to.writeStartObject();
        to.writeName(ADDRESS).writeString(endpoint.address());
        to.writeName(PORT).writeNumber(endpoint.port());
        to.writeEndObject();
    }

    private static void write(SerializedString name, @Nullable Event event, JsonGenerator to) {
        to.writeName(name);
        if (event == null) {
            to.writeNull();
        } else {
            write(event, to);
        }
    }

    private static void write(SerializedString name, @Nullable Endpoint endpoint, JsonGenerator to) {
        to.writeName(name);
        if (endpoint == null) {
            to.writeNull();
        } else {
            write(endpoint, to);
        }
    }

    private static void write(SerializedString name, @Nullable Number number, JsonGenerator to) {
        to.writeName(name);
        if (number == null) {
            to.writeNull();
        } else {
            to.writeNumber(number.longValue());
        }
    }

    private static void write(SerializedString name, @Nullable Instant instant, JsonGenerator to) {
        to.writeName(name).writeString(instant == null ? null : TIMES.of(instant));
    }

    private static void write(SerializedString name, @Nullable Enum<?> constant, JsonGenerator to) {
        to.writeName(name).writeString(constant == null ? null : constant.name());
    }
}
