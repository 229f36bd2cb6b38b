// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.file;

import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Makes the paths of the agent. A program can replace the default file system ({@code
 * java.nio.file.spi.DefaultFileSystemProvider}), and each access to a path runs the code of its file system. So the
 * agent's paths are those of the JDK's own file system.
 */
public final class JdkPaths {

    /** The property of the JDK by which a program replaces the default file system. */
    public static final String REPLACEMENT = "java.nio.file.spi.DefaultFileSystemProvider";

    private static volatile @Nullable FileSystem fileSystem;

    private JdkPaths() {}

    /** Sets the file system of all paths that are made from now on. Until then it is the default one. */
    public static void use(FileSystem newFileSystem) {
        fileSystem = newFileSystem;
    }

    /**
     * The path of this name.
     *
     * @throws InvalidPathException if there can be no such path
     */
    public static Path of(String name) {
        FileSystem known = fileSystem;
        return known == null ? Path.of(name) : known.getPath(name);
    }
}
