// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static java.util.Objects.requireNonNull;

import io.github.sockblame.report.Verdict;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * The layout of text for its medium: a terminal or a file.
 *
 * @param colour whether escape sequences are allowed (ECMA-48, select graphic rendition)
 * @param width columns of a line; longer frames of a stack lose their middle, and other lines are {@linkplain WrappedText
 *     wrapped}. {@link #UNLIMITED} if lines have no end
 * @param zone the time zone of the moments
 */
public record TextStyle(boolean colour, int width, ZoneId zone) {

    /** The width of a medium without an end of the line. */
    public static final int UNLIMITED = 0;

    /** No colour, whole lines, UTC. */
    public static final TextStyle PLAIN = new TextStyle(false, UNLIMITED, ZoneOffset.UTC);

    private static final int NANOS_PER_MILLI = 1_000_000;

    /** A frame is never cut to less, because the rest would no longer show its method. */
    private static final int SHORTEST = 40;

    private static final String BOLD = "1";
    private static final String DIM = "2";
    private static final String RED = "1;31";
    private static final String YELLOW = "33";

    public TextStyle {
        requireNonNull(zone, "zone");
    }

    /** A moment with its zone: {@code 2026-03-01 12:00:00.123+00:00}. */
    public String moment(Instant instant) {
        ZonedDateTime local = instant.atZone(zone);
        String offset = local.getOffset().equals(ZoneOffset.UTC)
                ? "+00:00"
                : local.getOffset().getId();
        return local.toLocalDate() + " " + TextFormat.padded(local.getHour(), 2) + ":"
                + TextFormat.padded(local.getMinute(), 2) + ":" + TextFormat.padded(local.getSecond(), 2) + "."
                + TextFormat.padded(local.getNano() / NANOS_PER_MILLI, 3) + offset;
    }

    /** The word of a verdict: red for a leak, yellow for a problem in which a thread or a client waits. */
    public String verdict(Verdict verdict, String word) {
        return switch (verdict.severity()) {
            case LEAK -> paint(RED, word);
            case TROUBLE -> paint(YELLOW, word);
            case NOTICE, NORMAL -> word;
        };
    }

    /** A part that the reader should see first. */
    public String bold(String text) {
        return paint(BOLD, text);
    }

    /** A part for a reader who wants details. */
    public String dim(String text) {
        return paint(DIM, text);
    }

    /** The answer if there are leaks, a problem of the tool itself, a figure that grows, or a table that is full. */
    public String warn(String text) {
        return paint(RED, text);
    }

    /** The text, with a gap in its middle if it is longer than the line has room beside {@code taken} columns. */
    public String truncate(String text, int taken) {
        return width == UNLIMITED ? text : Ellipsis.shorten(text, Math.max(SHORTEST, width - taken));
    }

    private String paint(String rendition, String text) {
        return colour ? "\u001b[" + rendition + "m" + text + "\u001b[0m" : text;
    }
}
