// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
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

    /** Makes a file that only its owner can read, and fails if there is a file or link of that name. */
    public static AppendedFile create(Path file) throws IOException {
        return open(file, StandardOpenOption.CREATE_NEW, OWNER_ONLY);
    }

    /** Empties an existing file, and fails if there is none. */
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
        ByteBuffer left = ByteBuffer.wrap(content);
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
            throw new IllegalStateException("the future is done, so no thread waits", e);
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
