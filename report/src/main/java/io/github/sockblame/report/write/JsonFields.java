// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.write;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;

/**
 * The fields of JSON objects, written one after the other. Each method writes a name with its value; a value that is null
 * is written as null.
 */
final class JsonFields {

    private static final SerializedString ADDRESS = new SerializedString("address");
    private static final SerializedString PORT = new SerializedString("port");
    private static final SerializedString AT = new SerializedString("at");
    private static final SerializedString THREAD = new SerializedString("thread");
    private static final SerializedString STACK = new SerializedString("stack");

    private final JsonGenerator to;
    private final InstantText times = new InstantText();
    private final char[] time = new char[InstantText.MOST_CHARS];

    JsonFields(JsonGenerator to) {
        this.to = to;
    }

    /** Begins an object in an array, or the whole. */
    void start() {
        to.writeStartObject();
    }

    /** Begins an object in an object. */
    void start(String name) {
        to.writeName(name).writeStartObject();
    }

    void end() {
        to.writeEndObject();
    }

    void startArray(String name) {
        to.writeName(name).writeStartArray();
    }

    void endArray() {
        to.writeEndArray();
    }

    /** Writes null where an object could be. */
    void none(String name) {
        to.writeName(name).writeNull();
    }

    void text(String name, @Nullable String text) {
        to.writeName(name);
        writeText(text);
    }

    void texts(String name, List<String> texts) {
        startArray(name);
        for (String text : texts) {
            writeText(text);
        }
        endArray();
    }

    /** Writes a number in an array. */
    void element(int number) {
        to.writeNumber(number);
    }

    void number(String name, long number) {
        to.writeName(name).writeNumber(number);
    }

    void number(String name, @Nullable Number number) {
        to.writeName(name);
        writeNumber(number);
    }

    void real(String name, @Nullable Double number) {
        to.writeName(name);
        if (number == null) {
            to.writeNull();
        } else {
            to.writeNumber(number);
        }
    }

    void flag(String name, @Nullable Boolean flag) {
        to.writeName(name);
        if (flag == null) {
            to.writeNull();
        } else {
            to.writeBoolean(flag);
        }
    }

    void constant(String name, @Nullable Enum<?> constant) {
        to.writeName(name).writeString(constant == null ? null : constant.name());
    }

    /** Writes a moment as {@link Instant#toString} does. */
    void time(String name, @Nullable Instant instant) {
        to.writeName(name);
        writeTime(instant);
    }

    /** Writes a duration as {@link Duration#toString} does. */
    void duration(String name, @Nullable Duration duration) {
        to.writeName(name).writeString(duration == null ? null : duration.toString());
    }

    /** Writes an object with a number under the name of each constant. */
    void counts(String name, @Nullable Map<? extends Enum<?>, Integer> counts) {
        if (counts == null) {
            none(name);
            return;
        }
        start(name);
        for (Map.Entry<? extends Enum<?>, Integer> entry : counts.entrySet()) {
            number(entry.getKey().name(), entry.getValue().longValue());
        }
        end();
    }

    void endpoint(String name, @Nullable Endpoint endpoint) {
        to.writeName(name);
        writeEndpoint(endpoint);
    }

    void event(String name, @Nullable Event event) {
        to.writeName(name);
        writeEvent(event);
    }

    // The same with a name that is made once, for the parts that a report has tens of thousands of.

    void number(SerializedString name, long number) {
        to.writeName(name).writeNumber(number);
    }

    void number(SerializedString name, @Nullable Number number) {
        to.writeName(name);
        writeNumber(number);
    }

    void constant(SerializedString name, @Nullable Enum<?> constant) {
        to.writeName(name).writeString(constant == null ? null : constant.name());
    }

    void time(SerializedString name, @Nullable Instant instant) {
        to.writeName(name);
        writeTime(instant);
    }

    void none(SerializedString name) {
        to.writeName(name).writeNull();
    }

    /** Writes a moment in milliseconds since the epoch. */
    void time(SerializedString name, long millis) {
        to.writeName(name);
        writeTime(millis);
    }

    void event(SerializedString name, long millis, String thread, int stack) {
        to.writeName(name).writeStartObject();
        to.writeName(AT);
        writeTime(millis);
        to.writeName(THREAD);
        writeText(thread);
        to.writeName(STACK).writeNumber(stack);
        to.writeEndObject();
    }

    void endpoint(SerializedString name, @Nullable Endpoint endpoint) {
        to.writeName(name);
        writeEndpoint(endpoint);
    }

    void event(SerializedString name, @Nullable Event event) {
        to.writeName(name);
        writeEvent(event);
    }

    private void writeText(@Nullable String text) {
        to.writeString(text == null ? null : UnicodeText.of(text));
    }

    private void writeNumber(@Nullable Number number) {
        if (number == null) {
            to.writeNull();
        } else {
            to.writeNumber(number.longValue());
        }
    }

    private void writeTime(@Nullable Instant instant) {
        to.writeString(instant == null ? null : times.of(instant));
    }

    private void writeTime(long millis) {
        int length = times.put(millis, time);
        to.writeString(time, 0, length);
    }

    private void writeEndpoint(@Nullable Endpoint endpoint) {
        if (endpoint == null) {
            to.writeNull();
            return;
        }
        to.writeStartObject();
        to.writeName(ADDRESS);
        writeText(endpoint.address());
        to.writeName(PORT).writeNumber(endpoint.port());
        to.writeEndObject();
    }

    private void writeEvent(@Nullable Event event) {
        if (event == null) {
            to.writeNull();
            return;
        }
        to.writeStartObject();
        time(AT, event.at());
        to.writeName(THREAD);
        writeText(event.thread());
        to.writeName(STACK).writeNumber(event.stack());
        to.writeEndObject();
    }
}
