// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/**
 * The result of stat(2) for a file. Viewer and agent check a {@link RequestFile} with it, without a file descriptor.
 *
 * @param key device and inode; two paths of one key are one file
 * @param mode type and rights
 * @param uid user id of the owner
 * @param links number of hard links
 * @param size in bytes
 * @param modified time of the last write
 */
public record FileStat(Object key, int mode, int uid, int links, long size, Instant modified) {

    private static final String ATTRIBUTES = "unix:fileKey,mode,uid,nlink,size,lastModifiedTime";

    /** A file of procfs that always belongs to root of the machine. */
    private static final String OF_ROOT = "/proc/version";

    private static final int TYPE = 0_170_000;
    private static final int PLAIN = 0_100_000;
    private static final int FOLDER = 0_040_000;
    private static final int STICKY = 0_1000;
    private static final int OTHERS_WRITE = 0_022;
    private static final int EVERYBODY_WRITES = 0_002;

    public FileStat {
        requireNonNull(key, "key");
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
                requireNonNull(seen.get("fileKey"), "fileKey"),
                number(seen, "mode").intValue(),
                number(seen, "uid").intValue(),
                number(seen, "nlink").intValue(),
                number(seen, "size").longValue(),
                ((FileTime) requireNonNull(seen.get("lastModifiedTime"))).toInstant());
    }

    /**
     * The user id that root of the machine has here: 0, or the one for users without a mapping if this process is in a user
     * namespace without root (user_namespaces(7)).
     *
     * @param files the file system of this machine
     */
    public static int rootUid(FileSystem files) throws IOException {
        return of(files.getPath(OF_ROOT)).uid();
    }

    private static Number number(Map<String, Object> attributes, String name) {
        return (Number) requireNonNull(attributes.get(name), name);
    }

    /** Returns whether it is a plain file, and not a folder, a link or any other kind. */
    public boolean isPlainFile() {
        return (mode & TYPE) == PLAIN;
    }

    /** Returns whether it is a folder, and not a link to one. */
    public boolean isFolder() {
        return (mode & TYPE) == FOLDER;
    }

    /** Returns whether the mode lets only the owner and root write. */
    public boolean isWritableByOwnerOnly() {
        return (mode & OTHERS_WRITE) == 0;
    }

    /**
     * Returns whether it is a folder as {@code /tmp} is: it belongs to this user, each user may make a file in it, and
     * none may rename or remove the file of another one.
     */
    public boolean isSharedFolderOf(int user) {
        return isFolder() && uid == user && (mode & STICKY) != 0 && (mode & EVERYBODY_WRITES) != 0;
    }

    /**
     * Returns whether it is a folder in which only root and this user can rename or remove a file of this user.
     *
     * @param rootUid root as it is seen here, see {@link #rootUid}
     */
    public boolean isSafeFolderFor(int user, int rootUid) {
        return isFolder() && (uid == user || uid == 0 || uid == rootUid) && protectsFiles();
    }

    /**
     * Returns whether it is a request of this user, or of root for him.
     *
     * <p>A hard link to another file of that user is no request: such a file has two names, or had data in it.
     */
    public boolean isRequestOf(int user) {
        return mode == RequestFile.MODE_REQUESTED && uid == user && links == 1 && size == 0;
    }

    /**
     * Returns whether this is a folder in which only three users can rename or remove a file: its owner, the folder's
     * owner and root (unlink(2), EPERM).
     */
    private boolean protectsFiles() {
        return (mode & STICKY) != 0 || isWritableByOwnerOnly();
    }
}
