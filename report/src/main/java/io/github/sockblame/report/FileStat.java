// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/**
 * The result of stat(2) for a file. Viewer and agent check a {@link RequestFile} with it, without a file descriptor.
 *
 * @param mode type and rights
 * @param uid user id of the owner
 * @param links number of hard links
 * @param size in bytes
 * @param modified time of the last write
 */
public record FileStat(int mode, int uid, int links, long size, Instant modified) {

    private static final String ATTRIBUTES = "unix:mode,uid,nlink,size,lastModifiedTime";
    private static final int TYPE = 0_170_000;
    private static final int PLAIN = 0_100_000;
    private static final int STICKY = 0_1000;
    private static final int OTHERS_WRITE = 0_022;

    public FileStat {
        requireNonNull(modified, "modified");
    }

    /**
     * Reads the facts of this file.
     *
     * @throws IOException if they cannot be read, usually because there is no file
     */
    public static FileStat of(Path file, LinkOption... options) throws IOException {
        Map<String, Object> seen = Files.readAttributes(file, ATTRIBUTES, options);
        return new FileStat(
                number(seen, "mode").intValue(),
                number(seen, "uid").intValue(),
                number(seen, "nlink").intValue(),
                number(seen, "size").longValue(),
                ((FileTime) requireNonNull(seen.get("lastModifiedTime"))).toInstant());
    }

    private static Number number(Map<String, Object> attributes, String name) {
        return (Number) requireNonNull(attributes.get(name), name);
    }

    /** Returns whether it is a plain file, and not a folder, a link or any other kind. */
    public boolean isPlainFile() {
        return (mode & TYPE) == PLAIN;
    }

    /**
     * Returns whether it is a request of this user, or of root for him.
     *
     * <p>A hard link to another file of that user is no request: such a file has two names, or had data in it.
     */
    public boolean isRequestOf(int user) {
        return mode == RequestFile.MODE_REQUESTED && uid == user && links == 1 && size == 0;
    }

    /** Returns whether it is a complete answer of this user's JVM. */
    public boolean isAnswerOf(int user) {
        return mode == RequestFile.MODE_ANSWERED && uid == user;
    }

    /**
     * Returns whether this is a folder in which only three users can rename or remove a file: its owner, the folder's
     * owner and root (unlink(2), EPERM).
     */
    public boolean protectsFiles() {
        return (mode & STICKY) != 0 || (mode & OTHERS_WRITE) == 0;
    }
}
