// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.request;

import io.github.sockblame.agent.file.AppendedFile;
import io.github.sockblame.agent.file.FileContent;
import io.github.sockblame.agent.file.JdkPaths;
import io.github.sockblame.agent.file.ReserveDescriptors;
import io.github.sockblame.report.FileStat;
import io.github.sockblame.report.RequestFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * The {@link RequestFile} of this JVM. It is in a folder in which every user may write. So a file there counts as
 * hostile until its attributes prove otherwise, and stays untouched if they do not.
 */
final class RequestFileHandler {

    private final Path file;
    private final Path folder;
    private final Path self;
    private final ReserveDescriptors spare;

    /**
     * Handles requests by the file of this name in this folder.
     *
     * @param self a path that belongs to the user of this process
     * @param spare the reserve to open the file with if there is no other descriptor left
     */
    RequestFileHandler(Path folder, String name, Path self, ReserveDescriptors spare) {
        this.folder = folder;
        this.file = folder.resolve(name);
        this.self = self;
        this.spare = spare;
    }

    /**
     * Returns whether there is a request of this user, or of root. It takes no descriptor: only lstat(2), which follows
     * no link.
     *
     * <p>No other user can replace this file between this check and the answer. In a safe folder only this user and root
     * can rename or remove it.
     */
    boolean isPending() {
        try {
            FileStat seen = FileStat.of(file, LinkOption.NOFOLLOW_LINKS);
            int user = FileStat.of(self).uid();
            return seen.isRequestOf(user)
                    && FileStat.of(folder).isSafeFolderFor(user, FileStat.rootUid(folder.getFileSystem()));
        } catch (IOException e) {
            return false; // usually there is none
        }
    }

    /**
     * Writes the answer, and marks it as complete.
     *
     * @return whether the file could be opened; if not, the request stays
     * @throws IOException if not all of it can be written; then it is not marked
     */
    boolean answer(FileContent content) throws IOException {
        AppendedFile opened;
        try {
            opened = spare.withReserve(() -> AppendedFile.replace(file));
        } catch (IOException e) {
            return false; // the program's threads need descriptors as well, and may be faster
        }
        try (AppendedFile out = opened) {
            content.writeTo(out.stream());
        } finally {
            spare.fill();
        }
        markAnswered(file);
        return true;
    }

    /** Marks it as answered, whatever its content. */
    void markFailed() throws IOException {
        markAnswered(file);
    }

    /** By its name, which takes no descriptor. */
    private static void markAnswered(Path file) throws IOException {
        Path unused = Files.setPosixFilePermissions(file, Set.of(PosixFilePermission.OWNER_READ));
    }

    /** Fills the reserve, also with descriptors that it could not get the last time. */
    void refillReserve() {
        spare.fill();
    }

    /** Runs all JDK code of an answer without a file, because that code may need a file to be loaded. */
    void warmUp() {
        boolean unused = isPending();
        try (AppendedFile out = AppendedFile.replace(JdkPaths.of("/dev/null"))) {
            out.append(new byte[1]);
            markAnswered(self.resolve("none"));
        } catch (IOException e) {
            // there is none
        }
    }
}
