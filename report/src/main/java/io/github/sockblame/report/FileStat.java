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
 * What stat(2) says of a file: how both sides look at a {@link RequestFile}, without a file descriptor.
 *
 * @param mode type and rights
 * @param uid the user whose it is
 * @param links how many names it has
 * @param size in bytes
 * @param modified when it was last written to
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
     * The facts of this file.
     *
     * @throws IOException if they cannot be had, as a rule because there is no file
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

    /** Whether it is neither a folder nor a link nor anything else that is no plain file. */
    public boolean isPlainFile() {
        return (mode & TYPE) == PLAIN;
    }

    /**
     * Whether this user, or root in his name, asks by it.
     *
     * <p>A hard link to another file of that user has two names, or had data in it.
     */
    public boolean isRequestOf(int user) {
        return mode == RequestFile.ASKED && uid == user && links == 1 && size == 0;
    }

    /** Whether it is a whole answer of this user's JVM. */
    public boolean isAnswerOf(int user) {
        return mode == RequestFile.ANSWERED && uid == user;
    }

    /** Of a folder: whether a file in it can be renamed or removed by its owner, the folder's owner and root alone (unlink(2), EPERM). */
    public boolean protectsFiles() {
        return (mode & STICKY) != 0 || (mode & OTHERS_WRITE) == 0;
    }
}
