// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.write;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Writes moments as {@link Instant#toString} does. Most moments of a report lie in the same few seconds, so the text of
 * each second is made once. To make it for each moment took a third of the time of a report's JSON.
 *
 * <p>Safe for use by several threads: a second that two of them write at once is made twice.
 */
final class InstantText {

    /** Enough for any moment that has milliseconds in a long. */
    static final int MOST_CHARS = 40;

    private static final int SECONDS = 1024;
    private static final int MILLI = 1_000_000;

    private final @Nullable Second[] seconds = new Second[SECONDS]; // index: the lowest bits of the second

    /** The text of one second, without its fraction. */
    private record Second(long epochSecond, String text) {}

    String of(Instant instant) {
        int nanos = instant.getNano();
        if (nanos % MILLI != 0) {
            return instant.toString();
        }
        String second = textOf(instant.getEpochSecond());
        int millis = nanos / MILLI;
        return millis == 0
                ? second + 'Z'
                : second + '.' + digit(millis / 100) + digit(millis / 10 % 10) + digit(millis % 10) + 'Z';
    }

    /**
     * Puts the text of a moment into these chars, without an object for it.
     *
     * @param millis since the epoch
     * @return the number of chars
     */
    int put(long millis, char[] to) {
        String second = textOf(Math.floorDiv(millis, 1000L));
        int fraction = Math.floorMod(millis, 1000);
        int length = second.length();
        second.getChars(0, length, to, 0);
        if (fraction != 0) {
            to[length++] = '.';
            to[length++] = digit(fraction / 100);
            to[length++] = digit(fraction / 10 % 10);
            to[length++] = digit(fraction % 10);
        }
        to[length++] = 'Z';
        return length;
    }

    /** Without a formatter of java.time, which loads 60 classes at its first use. */
    private static String textOf(LocalDateTime time) {
        return time.toLocalDate() + "T" + twoDigits(time.getHour()) + ':' + twoDigits(time.getMinute()) + ':'
                + twoDigits(time.getSecond());
    }

    private static String twoDigits(int value) {
        return "" + digit(value / 10) + digit(value % 10);
    }

    private static char digit(int value) {
        return (char) ('0' + value);
    }

    private String textOf(long epochSecond) {
        int place = (int) epochSecond & (SECONDS - 1);
        Second known = seconds[place];
        if (known == null || known.epochSecond != epochSecond) {
            known = new Second(epochSecond, textOf(LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC)));
            seconds[place] = known;
        }
        return known.text;
    }
}
