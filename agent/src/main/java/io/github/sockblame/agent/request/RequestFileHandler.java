// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.request;

import io.github.sockblame.agent.file.AppendedFile;
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
 * The {@link RequestFile} of this JVM. It lies where everybody may put what they like, so whatever is there is taken for hostile until its
 * attributes say otherwise, and left alone if they do not.
 */
final class RequestFileHandler {

    private final Path file;
    private final Path folder;
    private final Path self;
    private final ReserveDescriptors spare;

    /**
     * A request by the file of this name in this folder.
     *
     * @param self what belongs to the user that this process runs as
     * @param spare what to open the file with if there is no other descriptor left
     */
    RequestFileHandler(Path folder, String name, Path self, ReserveDescriptors spare) {
        this.folder = folder;
        this.file = folder.resolve(name);
        this.self = self;
        this.spare = spare;
    }

    /**
     * Whether somebody asks who is this user, or root. Takes no descriptor: lstat(2) alone, which no link leads elsewhere.
     *
     * <p>Nobody else can put another file in the place of this one between this look and the answer: in a folder that keeps its files, a file
     * of ours can be renamed or removed by us, the folder's owner and root alone.
     */
    boolean isPending() {
        try {
            FileStat seen = FileStat.of(file, LinkOption.NOFOLLOW_LINKS);
            return seen.isRequestOf(FileStat.of(self).uid())
                    && FileStat.of(folder).protectsFiles();
        } catch (IOException e) {
            return false; // as a rule there is none
        }
    }

    /**
     * Writes the answer, and marks it as whole.
     *
     * @return whether it could be opened; else it is asked still
     * @throws IOException if not all of it can be written; then it is not marked
     */
    boolean answer(byte[] content) throws IOException {
        AppendedFile opened;
        try {
            opened = spare.withReserve(() -> AppendedFile.replace(file));
        } catch (IOException e) {
            return false; // the program's threads want descriptors, too, and may be faster
        }
        try (AppendedFile out = opened) {
            out.append(content);
        } finally {
            spare.fill();
        }
        markAnswered(file);
        return true;
    }

    /** Marks it as answered, whatever is in it. */
    void markFailed() throws IOException {
        markAnswered(file);
    }

    /** By its name, which takes no descriptor. */
    private static void markAnswered(Path file) throws IOException {
        Path unused = Files.setPosixFilePermissions(file, Set.of(PosixFilePermission.OWNER_READ));
    }

    /** Takes the spare descriptors, also those that could not be had the last time. */
    void refillReserve() {
        spare.fill();
    }

    /** Has the JDK do all that an answer takes, into nowhere: what it loads for that it may want a file for. */
    void warmUp() {
        boolean unused = isPending();
        try (AppendedFile out = AppendedFile.replace(Path.of("/dev/null"))) {
            out.append(new byte[1]);
            markAnswered(self.resolve("none"));
        } catch (IOException e) {
            // there is none
        }
    }
}
