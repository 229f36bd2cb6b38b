// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.file;

import java.io.IOException;
import java.nio.file.Path;

/** Writes a new file that only its owner can read. */
public final class NewFile {

    private NewFile() {}

    /** Writes this content, and fails if there is a file of that name. */
    public static void write(Path file, byte[] content) throws IOException {
        try (AppendedFile out = AppendedFile.create(file)) {
            out.append(content);
        }
    }
}
