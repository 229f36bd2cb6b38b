// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the beginning of a file shows: whether it may be a saved report. */
enum ReportSign {
    /** It begins as a JSON object. */
    PRESENT(""),
    /** It begins with something else, as a jar does. */
    ABSENT("it does not begin with {"),
    /** It has no content. */
    EMPTY("it is empty"),
    /** It is unreadable, or not a regular file, so its content is unknown. */
    UNKNOWN("it is not readable");

    /** No file of ours begins with more white space, in bytes. */
    private static final int MAX_WHITE_SPACE = 1 << 16;

    private final String words;

    ReportSign(String words) {
        this.words = words;
    }

    /** Reads the beginning of a file. It opens regular files only, because an open of a FIFO may never return. */
    static ReportSign of(Path file) {
        if (!Files.isRegularFile(file)) {
            return UNKNOWN;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (int read = 0; read <= MAX_WHITE_SPACE; read++) {
                int next = in.read();
                if (next < 0) {
                    return read == 0 ? EMPTY : ABSENT;
                }
                if (next == '{') {
                    return PRESENT;
                }
                if (next != ' ' && next != '\t' && next != '\n' && next != '\r') {
                    return ABSENT;
                }
            }
            return ABSENT;
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /** Why the file is no report, in words. */
    String words() {
        return words;
    }
}
