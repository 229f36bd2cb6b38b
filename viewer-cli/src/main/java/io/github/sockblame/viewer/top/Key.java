// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

/**
 * One key press.
 *
 * @param kind which key
 * @param character the typed character, for {@link Kind#CHARACTER}
 */
record Key(Kind kind, char character) {

    /** Which key it is. */
    enum Kind {
        CHARACTER,
        ENTER,
        ESCAPE,
        BACKSPACE,
        UP,
        DOWN,
        PAGE_UP,
        PAGE_DOWN,
        /** Ctrl-C, Ctrl-D, or a terminal that is gone. */
        INTERRUPT,
        OTHER
    }

    static Key of(Kind kind) {
        return new Key(kind, '\0');
    }

    static Key typing(char character) {
        return new Key(Kind.CHARACTER, character);
    }

    boolean types(char wanted) {
        return kind == Kind.CHARACTER && character == wanted;
    }
}
