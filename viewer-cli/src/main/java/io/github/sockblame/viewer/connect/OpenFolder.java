// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import io.github.sockblame.report.FileStat;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A folder that was opened once. All work in it goes through its descriptor (openat(2) and its relatives), so it stays the folder that was
 * checked, whatever another user puts at its path meanwhile. A name in it is never followed if it is a link.
 */
final class OpenFolder implements Closeable {

    private final Path path;
    private final SecureDirectoryStream<Path> stream;

    private OpenFolder(Path path, SecureDirectoryStream<Path> stream) {
        this.path = path;
        this.stream = stream;
    }

    /**
     * Opens a folder below another one.
     *
     * @param parent the folder above, which may be a link
     * @param name one name
     * @throws NotDirectoryException if the name is a link or no folder
     */
    static OpenFolder open(Path parent, Path name) throws IOException {
        Path path = parent.resolve(name);
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NotDirectoryException(path.toString());
        }
        try (DirectoryStream<Path> above = Files.newDirectoryStream(parent)) {
            return new OpenFolder(path, secure(above).newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
        }
    }

    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> opened) throws IOException {
        if (opened instanceof SecureDirectoryStream<Path> stream) {
            return stream;
        }
        throw new IOException("this Java cannot open a folder by descriptor");
    }

    /** Its path when it was opened. Another folder may be there now. */
    Path path() {
        return path;
    }

    /**
     * What stat(2) has of the folder itself.
     *
     * <p>Java reads mode and link count by path only. So the key is compared with the key of the descriptor.
     *
     * @throws IOException if another folder is at its path now
     */
    FileStat stat() throws IOException {
        FileStat byPath = FileStat.of(path, LinkOption.NOFOLLOW_LINKS);
        return same(byPath, stream.getFileAttributeView(PosixFileAttributeView.class));
    }

    /** The same of a file in it. */
    FileStat stat(Path name) throws IOException {
        FileStat byPath = FileStat.of(path.resolve(name), LinkOption.NOFOLLOW_LINKS);
        return same(byPath, view(name));
    }

    private FileStat same(FileStat byPath, PosixFileAttributeView byDescriptor) throws IOException {
        if (!byPath.key().equals(byDescriptor.readAttributes().fileKey())) {
            throw new IOException("another folder was put at " + path);
        }
        return byPath;
    }

    /** The attributes of a file in it, by descriptor alone. */
    PosixFileAttributes attributes(Path name) throws IOException {
        return view(name).readAttributes();
    }

    /** Makes a file that only its owner can read. It fails if there is one of that name. */
    void create(Path name, byte[] content) throws IOException {
        try (SeekableByteChannel out = stream.newByteChannel(
                name,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                OutputFile.PRIVATE)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                out.write(left);
            }
        }
    }

    /** Reads at most so many bytes of a file. */
    byte[] read(Path name, int most) throws IOException {
        try (SeekableByteChannel in =
                        stream.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
                InputStream bytes = Channels.newInputStream(in)) {
            return bytes.readNBytes(most);
        }
    }

    /** Replaces one file by another one, in one step. */
    void rename(Path from, Path to) throws IOException {
        stream.move(from, stream, to);
    }

    /** Removes a file, if there is one. */
    void delete(Path name) throws IOException {
        try {
            stream.deleteFile(name);
        } catch (NoSuchFileException e) {
            // another process removed it
        }
    }

    /** Gives a file to another user. */
    void setOwner(Path name, UserPrincipal owner) throws IOException {
        view(name).setOwner(owner);
    }

    /** Sets the rights of a file. */
    void setPermissions(Path name, Set<PosixFilePermission> permissions) throws IOException {
        view(name).setPermissions(permissions);
    }

    /** Sets the rights of the folder itself. */
    void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
        stream.getFileAttributeView(PosixFileAttributeView.class).setPermissions(permissions);
    }

    /** The names in it. It can be called once. */
    List<Path> names() throws IOException {
        List<Path> names = new ArrayList<>();
        try {
            for (Path entry : stream) {
                names.add(entry.getFileName());
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    private PosixFileAttributeView view(Path name) {
        return stream.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
