// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Jars of other versions in a folder of the viewer, which would stay for good.
 *
 * <p>A jar is kept if a visible process has it open, or if it is younger than a day. A JVM that the viewer cannot see, as in another
 * container, keeps an open jar in any case: the kernel frees the file when the last descriptor is closed (unlink(2)).
 */
final class StaleJars {

    static final String PART = ".part";

    private static final Path PROC = Path.of("/proc");
    private static final Duration MIN_AGE = Duration.ofDays(1);

    private final OpenFolder folder;
    private final Path current;

    /**
     * The jars in this folder.
     *
     * @param current the name of the jar that is in use now
     */
    StaleJars(OpenFolder folder, Path current) {
        this.folder = folder;
        this.current = current;
    }

    /** Removes them. What cannot be removed stays. */
    void delete() {
        try {
            List<Path> old = folder.names().stream().filter(this::isOld).toList();
            if (old.isEmpty()) {
                return; // the usual case needs no search for open files
            }
            Set<Path> open = openFileNames();
            for (Path name : old) {
                if (!open.contains(name)) {
                    folder.delete(name);
                }
            }
        } catch (IOException e) {
            // the next attach tries again
        }
    }

    private boolean isOld(Path name) {
        String text = name.toString();
        boolean isOurs = text.startsWith("sockblame-agent-") && (text.endsWith(".jar") || text.endsWith(PART));
        if (!isOurs || name.equals(current)) {
            return false;
        }
        try {
            PosixFileAttributes attributes = folder.attributes(name);
            Instant modified = attributes.lastModifiedTime().toInstant();
            return attributes.isRegularFile()
                    && Duration.between(modified, Instant.now()).compareTo(MIN_AGE) > 0;
        } catch (IOException e) {
            return false; // another viewer removed it
        }
    }

    /** The file names, without folders, because a process in a container has the file under another path. */
    private static Set<Path> openFileNames() throws IOException {
        Set<Path> names = new HashSet<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[1-9]*")) {
            for (Path process : processes) {
                addOpenFileNames(process.resolve("fd"), names);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    private static void addOpenFileNames(Path descriptors, Set<Path> names) {
        try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
            for (Path link : links) {
                addFileName(link, names);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // another user's process, or one that has ended
        }
    }

    private static void addFileName(Path descriptor, Set<Path> names) {
        try {
            Path name = Files.readSymbolicLink(descriptor).getFileName();
            if (name != null) {
                names.add(name);
            }
        } catch (IOException e) {
            // it was closed meanwhile
        }
    }
}
