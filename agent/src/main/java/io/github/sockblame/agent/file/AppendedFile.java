// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A file that is written from its beginning on, through no link.
 *
 * <p>It uses an asynchronous channel on the caller's own thread, because the thread may be the program's and
 * interrupted. An interrupt would close any other channel, and only the program may clear it. An interrupt has no
 * effect on a stream, but a stream cannot make a file with rights.
 */
public final class AppendedFile implements Closeable {

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final AsynchronousFileChannel out;
    private long length;

    private AppendedFile(AsynchronousFileChannel out) {
        this.out = out;
    }

    /**
     * Makes a file of this content that only its owner can read, and fails if there is a file or link of that name. If the
     * content cannot be written, there is no file afterwards.
     */
    public static void writeNew(Path file, FileContent content) throws IOException {
        AppendedFile out = create(file);
        boolean done = false;
        try (out) {
            content.writeTo(out.stream());
            done = true;
        } finally {
            if (!done) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Makes a file that only its owner can read, and fails if there is a file or link of that name. */
    public static AppendedFile create(Path file) throws IOException {
        return open(file, StandardOpenOption.CREATE_NEW, OWNER_ONLY);
    }

    /** Empties an existing file, which keeps its rights, and fails if there is none or if it is a link. */
    public static AppendedFile replace(Path file) throws IOException {
        return open(file, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static AppendedFile open(Path file, OpenOption how, FileAttribute<?>... attributes) throws IOException {
        return new AppendedFile(AsynchronousFileChannel.open(
                file,
                Set.of(how, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                new CallersThread(),
                attributes));
    }

    /** Writes this at the end of the file. */
    public void append(byte[] content) throws IOException {
        append(content, 0, content.length);
    }

    /** Returns a stream that writes at the end of the file. It has no buffer, and its close has no effect. */
    public OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int oneByte) throws IOException {
                append(new byte[] {(byte) oneByte});
            }

            @Override
            public void write(byte[] content, int from, int length) throws IOException {
                append(content, from, length);
            }
        };
    }

    private void append(byte[] content, int from, int count) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(content, from, count);
        while (left.hasRemaining()) {
            length += outcome(out.write(left, length));
        }
    }

    /** The number of bytes that were written. */
    public long length() {
        return length;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private static int outcome(Future<Integer> done) throws IOException {
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("the task is done, so there is no wait", e);
        }
    }

    /** Runs each task at once. */
    private static final class CallersThread extends AbstractExecutorService {

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }
    }
}
