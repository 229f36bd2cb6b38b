// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.file;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The user's patterns of file names: {@code %p} is the process id and {@code %t} the time. */
public final class FilePattern {

    private FilePattern() {}

    /** The name for this process and time. */
    public static String fill(String pattern, long pid, Instant at) {
        Instant second = at.truncatedTo(ChronoUnit.SECONDS);
        String time = second.toString().replace("-", "").replace(":", ""); // 20260301T120000Z
        return pattern.replace("%p", Long.toString(pid)).replace("%t", time);
    }
}
