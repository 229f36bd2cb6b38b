// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.nio.file.Files;
import java.nio.file.Path;

/** The check of a file before it is opened. To open a FIFO without a writer would block forever, and a device has no end. */
final class InputFile {

    private InputFile() {}

    /** Refuses what exists and is no regular file. A link to a regular file is accepted. */
    static void check(Path file) throws CannotAnswerException {
        if (Files.isDirectory(file)) {
            throw new CannotAnswerException(file + " is a folder", "choose a file");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new CannotAnswerException(
                    file + " is a FIFO, a device or a socket", "write its content to a regular file first");
        }
    }
}
