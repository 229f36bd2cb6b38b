// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Breaks long lines at blanks. The rest of a line has a hanging indent below its beginning. A word stays whole, also if it
 * is longer than the line.
 */
public final class WrappedText {

    /** How much further to the right the rest of a line begins. */
    private static final int HANG = 4;

    private static final char ESCAPE = '\u001b';
    private static final char END_OF_RENDITION = 'm';
    private static final String PLAIN_AGAIN = "\u001b[0m";

    private final int width;
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();

    /** The columns of the line so far. */
    private int columns;

    /** The escape sequence that is in force; empty for plain text. */
    private String rendition = "";

    private WrappedText(int width) {
        this.width = width;
    }

    /** The text with lines of at most this width, if no word is longer; {@link TextStyle#UNLIMITED} changes nothing. */
    public static String of(String text, int width) {
        if (width == TextStyle.UNLIMITED) {
            return text;
        }
        StringBuilder wrapped = new StringBuilder(text.length() + text.length() / 16);
        text.lines()
                .forEach(line ->
                        lines(line, width).forEach(part -> wrapped.append(part).append('\n')));
        return wrapped.toString();
    }

    /** One line as the lines that it takes. */
    public static List<String> lines(String text, int width) {
        if (columns(text, 0, text.length()) <= width) {
            return List.of(text);
        }
        WrappedText wrapped = new WrappedText(width);
        wrapped.wrap(text);
        return wrapped.lines;
    }

    private void wrap(String text) {
        int start = endOfBlanks(text, 0);
        int indent = Math.min(start + HANG, width / 2);
        line.append(text, 0, start);
        columns = start;
        boolean isFirst = true;
        int gap = 0; // the blanks before the word, which a break replaces
        while (start < text.length()) {
            int end = endOfWord(text, start);
            int needed = columns(text, start, end);
            if (!isFirst && columns + gap + needed > width) {
                breakLine(indent);
                gap = 0;
            }
            line.append(" ".repeat(gap)).append(text, start, end);
            columns += gap + needed;
            noteRendition(text, start, end);
            isFirst = false;
            start = endOfBlanks(text, end);
            gap = start - end;
        }
        lines.add(line.toString());
    }

    /** Ends the line, and begins the next one with the rendition in force; the indent is plain. */
    private void breakLine(int indent) {
        lines.add(rendition.isEmpty() ? line.toString() : line + PLAIN_AGAIN);
        line.setLength(0);
        line.append(" ".repeat(indent)).append(rendition);
        columns = indent;
    }

    private static int endOfBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static int endOfWord(String text, int from) {
        int end = text.indexOf(' ', from);
        return end < 0 ? text.length() : end;
    }

    /** The columns of a part: its characters without escape sequences. */
    private static int columns(String text, int from, int to) {
        int columns = 0;
        int at = from;
        while (at < to) {
            if (text.charAt(at) == ESCAPE) {
                at = endOfSequence(text, at);
            } else {
                at += Character.charCount(text.codePointAt(at));
                columns++;
            }
        }
        return columns;
    }

    private void noteRendition(String text, int from, int to) {
        int at = text.indexOf(ESCAPE, from);
        while (at >= 0 && at < to) {
            int end = endOfSequence(text, at);
            String sequence = text.substring(at, end);
            rendition = sequence.equals(PLAIN_AGAIN) ? "" : sequence;
            at = text.indexOf(ESCAPE, end);
        }
    }

    private static int endOfSequence(String text, int from) {
        int end = text.indexOf(END_OF_RENDITION, from);
        return end < 0 ? text.length() : end + 1;
    }
}
