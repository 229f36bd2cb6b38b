// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.sockblame.report.RequestFile;
import io.github.sockblame.report.text.TextFormat;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The number of file descriptors that a process has left.
 *
 * @param open how many it has
 * @param limit its soft limit
 */
record DescriptorHeadroom(long open, long limit) {

    private static final String LIMIT = "Max open files";

    /** The headroom of the process with this folder in {@code /proc}; null if the folder is unreadable, or without a limit. */
    static @Nullable DescriptorHeadroom of(Path folder) {
        try {
            for (String line : Files.readAllLines(folder.resolve("limits"), ISO_8859_1)) {
                if (line.startsWith(LIMIT)) {
                    String soft = line.substring(LIMIT.length()).strip().split(" +", 2)[0];
                    return soft.equals("unlimited")
                            ? null
                            : new DescriptorHeadroom(count(folder), Long.parseLong(soft));
                }
            }
            return null;
        } catch (IOException | NumberFormatException e) {
            return null;
        }
    }

    private static long count(Path folder) throws IOException {
        long count = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(folder.resolve("fd"))) {
            for (Path unused : descriptors) {
                count++;
            }
        }
        return count;
    }

    /** Returns whether an attach would fail or take the last descriptors of the program. */
    boolean isTooLittleToAttach() {
        return RequestFile.isTooLittleToAttach(open, limit);
    }

    /** In words: {@code 2 file descriptors left of 400}. */
    String text() {
        return TextFormat.count(Math.max(0, limit - open), "file descriptor") + " left of " + TextFormat.number(limit);
    }
}
