// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jmx;

import io.github.sockblame.agent.file.AppendedFile;
import io.github.sockblame.agent.file.FileContent;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The one folder in which a JMX caller may have reports written: the option {@code dump.dir} of the user who started
 * the JVM.
 */
public final class DumpDirectory {

    private final @Nullable Path directory;

    public DumpDirectory(@Nullable Path directory) {
        this.directory = directory;
    }

    /**
     * Writes a new file.
     *
     * @param fileName a plain file name
     * @return the file
     * @throws IllegalArgumentException if it cannot be written; the message has the reason in one line
     */
    Path write(String fileName, FileContent content) {
        Path file = resolve(fileName);
        try {
            AppendedFile.writeNew(file, content);
            return file;
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException(file + " exists already: name another file");
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("cannot write " + file + ": no such folder"); // its message is the path
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot write " + file + ": " + e.getMessage());
        }
    }

    private Path resolve(String fileName) {
        if (directory == null) {
            throw new IllegalArgumentException("no folder to write to: start the agent with dump.dir=FOLDER,"
                    + " or save from the viewer: sockblame report TARGET -o FILE");
        }
        boolean plain = !fileName.isEmpty() && !fileName.startsWith(".") && fileName.length() <= 200;
        for (int i = 0; plain && i < fileName.length(); i++) {
            char c = fileName.charAt(i);
            plain = Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_';
        }
        if (!plain) {
            throw new IllegalArgumentException("not a plain file name: letters, digits, '.', '-' and '_' only,"
                    + " not beginning with '.', at most 200");
        }
        return directory.toAbsolutePath().normalize().resolve(fileName);
    }
}
