// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.report.ShortDuration;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Parses durations in the user's notation. */
final class Durations {

    private Durations() {}

    /** {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h}; null for anything else. */
    static @Nullable Duration parse(String text) {
        return ShortDuration.parse(text);
    }
}
