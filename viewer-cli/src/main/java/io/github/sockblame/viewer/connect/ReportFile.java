// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file that a report is written to. Addresses and stacks are nobody else's business, so only its owner can read it. */
public final class ReportFile {

    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;
    private final boolean replace;

    /** Leaves whatever there is of that name alone, unless it is to be replaced. */
    public ReportFile(Path file, boolean replace) {
        this.file = file;
        this.replace = replace;
    }

    /** Says what will go wrong before a target is troubled for a report. */
    public void check() throws CannotAnswerException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            if (!replace) {
                throw exists(null);
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new CannotAnswerException(file + " is not a plain file", "name another one");
            }
        }
    }

    /** Writes all or nothing, and returns the number of bytes. */
    public long write(String json) throws CannotAnswerException {
        check();
        byte[] bytes = json.getBytes(UTF_8);
        try {
            if (replace) {
                replaceBy(bytes);
            } else {
                create(file, bytes);
            }
            return bytes.length;
        } catch (FileAlreadyExistsException e) {
            throw exists(e);
        } catch (IOException e) {
            throw new CannotAnswerException(
                    "cannot write " + file + " (" + e.getClass().getSimpleName() + ": "
                            + CannotAnswerException.reason(e) + ")",
                    "name a file in a folder that exists and that you may write to",
                    e);
        }
    }

    private void replaceBy(byte[] bytes) throws IOException {
        Path fresh = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        create(fresh, bytes);
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
    }

    private static void create(Path path, byte[] bytes) throws IOException {
        try (SeekableByteChannel channel =
                Files.newByteChannel(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PRIVATE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            try {
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            } catch (IOException e) {
                Files.deleteIfExists(path);
                throw e;
            }
        }
    }

    private CannotAnswerException exists(@Nullable FileAlreadyExistsException e) {
        return new CannotAnswerException(file + " exists", "name another file, or replace it with --force", e);
    }
}
