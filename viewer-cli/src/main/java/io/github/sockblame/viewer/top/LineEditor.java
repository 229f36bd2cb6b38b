// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

/** A line of text that the user edits: characters at its end, and Backspace. */
final class LineEditor {

    private String text = "";

    /** Starts with this text. */
    void start(String initial) {
        text = initial;
    }

    /** Handles a key; ignores all keys without an effect on the text. */
    void onKey(Key key) {
        if (key.kind() == Key.Kind.CHARACTER) {
            text += key.character();
        } else if (key.kind() == Key.Kind.BACKSPACE && !text.isEmpty()) {
            text = text.substring(0, text.length() - 1);
        }
    }

    String text() {
        return text;
    }
}
