// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.json;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes moments as {@link Instant#toString} does. Most moments of a report lie in the same few seconds, so the text of
 * each second is made once. To make it for each moment took a third of the time of a report's JSON.
 *
 * <p>Safe for use by several threads: a second that two of them write at once is made twice.
 */
final class InstantText {

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

    private static char digit(int value) {
        return (char) ('0' + value);
    }

    private String textOf(long epochSecond) {
        int place = (int) epochSecond & (SECONDS - 1);
        Second known = seconds[place];
        if (known == null || known.epochSecond != epochSecond) {
            String text = Instant.ofEpochSecond(epochSecond).toString();
            known = new Second(epochSecond, text.substring(0, text.length() - 1));
            seconds[place] = known;
        }
        return known.text;
    }
}
