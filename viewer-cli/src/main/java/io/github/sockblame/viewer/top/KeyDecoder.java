// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Decodes the characters of a terminal into keys. A key without a character of its own is a sequence that starts with ESC (ECMA-48, 5.4). */
final class KeyDecoder {

    /** The result of {@link Input#read} if no character came in time. */
    static final int NOTHING = -2;

    /** The rest of a sequence follows at once; a single ESC has no rest. */
    private static final long REST_MILLIS = 50;

    private static final int ESC = 27;
    private static final int DELETE = 127;

    private final Input input;

    /** Where characters come from. */
    @FunctionalInterface
    interface Input {

        /** The next character; {@link #NOTHING} if none came in time, another negative number after the end of the input. */
        int read(long millis) throws IOException;
    }

    KeyDecoder(Input input) {
        this.input = input;
    }

    /** The next key; null if none came in time. */
    @Nullable Key next(long millis) throws IOException {
        int c = input.read(millis);
        if (c == NOTHING) {
            return null;
        }
        if (c < 0) {
            return Key.of(Key.Kind.INTERRUPT);
        }
        return switch (c) {
            case '\r', '\n' -> Key.of(Key.Kind.ENTER);
            case 3, 4 -> Key.of(Key.Kind.INTERRUPT);
            case '\b', DELETE -> Key.of(Key.Kind.BACKSPACE);
            case ESC -> afterEscape();
            default -> c < ' ' ? Key.of(Key.Kind.OTHER) : Key.typing((char) c);
        };
    }

    private Key afterEscape() throws IOException {
        int c = input.read(REST_MILLIS);
        if (c < 0) {
            return Key.of(Key.Kind.ESCAPE);
        }
        if (c != '[' && c != 'O') {
            return Key.of(Key.Kind.OTHER);
        }
        int first = input.read(REST_MILLIS);
        int last = first;
        while (last >= 0 && (last < '@' || last > '~')) {
            last = input.read(REST_MILLIS);
        }
        return Key.of(kindOf(first, last));
    }

    private static Key.Kind kindOf(int first, int last) {
        return switch (last) {
            case 'A' -> Key.Kind.UP;
            case 'B' -> Key.Kind.DOWN;
            case '~' -> first == '5' ? Key.Kind.PAGE_UP : first == '6' ? Key.Kind.PAGE_DOWN : Key.Kind.OTHER;
            default -> Key.Kind.OTHER;
        };
    }
}
