// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A file for a report. Only its owner can read it, because addresses and stacks are confidential. */
public final class OutputFile {

    static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;
    private final boolean replace;

    /** Keeps an existing file unless {@code replace} is set. */
    public OutputFile(Path file, boolean replace) {
        this.file = file;
        this.replace = replace;
    }

    /** Fails early, before a target has to make a report. */
    public void check() throws CannotAnswerException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            if (!replace) {
                throw alreadyExists(null);
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new CannotAnswerException(file + " is not a plain file", "choose another file");
            }
        }
    }

    /** Writes the whole text or no file, and returns the number of bytes. */
    public long write(String text) throws CannotAnswerException {
        check();
        byte[] bytes = text.getBytes(UTF_8);
        try {
            if (replace) {
                replaceBy(bytes);
            } else {
                create(file, bytes);
            }
            return bytes.length;
        } catch (FileAlreadyExistsException e) {
            throw alreadyExists(e);
        } catch (IOException e) {
            throw new CannotAnswerException(
                    "cannot write " + file + " (" + why(e) + ")",
                    "choose a file in an existing folder that you may write to",
                    e);
        }
    }

    private void replaceBy(byte[] bytes) throws IOException {
        Path fresh = file.resolveSibling("sockblame-" + UUID.randomUUID() + ".part");
        create(fresh, bytes);
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
    }

    /** Opens the file once, because a second open could follow a link that another user has put there meanwhile. */
    private static void create(Path fresh, byte[] bytes) throws IOException {
        try (SeekableByteChannel out = Files.newByteChannel(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PRIVATE)) {
            writeOrDelete(fresh, out, bytes);
        }
    }

    private static void writeOrDelete(Path fresh, SeekableByteChannel out, byte[] bytes) throws IOException {
        try {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                out.write(left);
            }
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
    }

    /** The reason in words. The message of some exceptions is only the name of the file. */
    static String why(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "its folder does not exist";
        }
        return e instanceof AccessDeniedException ? "no permission" : CannotAnswerException.reason(e);
    }

    private CannotAnswerException alreadyExists(@Nullable FileAlreadyExistsException e) {
        return new CannotAnswerException(file + " exists", "choose another file, or replace it with --force", e);
    }
}
