// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Has a default file system of its own, by {@code java.nio.file.spi.DefaultFileSystemProvider}. A thread of the agent
 * that makes a path of it never returns.
 */
public final class ReplacesFileSystem {

    private ReplacesFileSystem() {}

    public static void main(String[] arguments) throws Exception {
        if (Path.of("").getFileSystem().provider() instanceof Provider) {
            throw new AssertionError("the paths are the JDK's, only their maker is the program's");
        }
        try (Peer peer = Peer.leaving(0);
                Socket leaked =
                        new Socket(peer.address().getAddress(), peer.address().getPort())) {
            if (leaked.getInputStream().read() >= 0) {
                throw new AssertionError("the peer said something");
            }
            Checkpoint.reached("leaked");
        }
    }

    private static void keepThreadOfAgent() {
        if (Thread.currentThread().getName().startsWith("sockblame-")) {
            System.out.println("a thread of the agent is kept");
            for (; ; ) {
                LockSupport.park();
            }
        }
    }

    /** The JDK makes the default file system by this. */
    public static final class Provider extends FileSystemProvider {

        private final FileSystemProvider jdk;
        private final FileSystem files;

        public Provider(FileSystemProvider jdk) {
            this.jdk = jdk;
            this.files = new Files(this, jdk.getFileSystem(URI.create("file:///")));
        }

        @Override
        public String getScheme() {
            return jdk.getScheme();
        }

        @Override
        public FileSystem newFileSystem(URI uri, Map<String, ?> environment) throws IOException {
            return jdk.newFileSystem(uri, environment);
        }

        @Override
        public FileSystem getFileSystem(URI uri) {
            return files;
        }

        @Override
        public Path getPath(URI uri) {
            keepThreadOfAgent();
            return jdk.getPath(uri);
        }

        @Override
        public SeekableByteChannel newByteChannel(
                Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
            return jdk.newByteChannel(path, options, attributes);
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
                throws IOException {
            return jdk.newDirectoryStream(folder, filter);
        }

        @Override
        public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
            jdk.createDirectory(folder, attributes);
        }

        @Override
        public void delete(Path path) throws IOException {
            jdk.delete(path);
        }

        @Override
        public void copy(Path source, Path target, CopyOption... options) throws IOException {
            jdk.copy(source, target, options);
        }

        @Override
        public void move(Path source, Path target, CopyOption... options) throws IOException {
            jdk.move(source, target, options);
        }

        @Override
        public boolean isSameFile(Path path, Path other) throws IOException {
            return jdk.isSameFile(path, other);
        }

        @Override
        public boolean isHidden(Path path) throws IOException {
            return jdk.isHidden(path);
        }

        @Override
        public FileStore getFileStore(Path path) throws IOException {
            return jdk.getFileStore(path);
        }

        @Override
        public void checkAccess(Path path, AccessMode... modes) throws IOException {
            jdk.checkAccess(path, modes);
        }

        @Override
        public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
            return jdk.getFileAttributeView(path, type, options);
        }

        @Override
        public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
                throws IOException {
            return jdk.readAttributes(path, type, options);
        }

        @Override
        public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
                throws IOException {
            return jdk.readAttributes(path, attributes, options);
        }

        @Override
        public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
            jdk.setAttribute(path, attribute, value, options);
        }
    }

    /** Makes the JDK's own paths. */
    private static final class Files extends FileSystem {

        private final Provider provider;
        private final FileSystem jdk;

        Files(Provider provider, FileSystem jdk) {
            this.provider = provider;
            this.jdk = jdk;
        }

        @Override
        public FileSystemProvider provider() {
            return provider;
        }

        @Override
        public void close() throws IOException {
            jdk.close();
        }

        @Override
        public boolean isOpen() {
            return jdk.isOpen();
        }

        @Override
        public boolean isReadOnly() {
            return jdk.isReadOnly();
        }

        @Override
        public String getSeparator() {
            return jdk.getSeparator();
        }

        @Override
        public Iterable<Path> getRootDirectories() {
            return jdk.getRootDirectories();
        }

        @Override
        public Iterable<FileStore> getFileStores() {
            return jdk.getFileStores();
        }

        @Override
        public Set<String> supportedFileAttributeViews() {
            return jdk.supportedFileAttributeViews();
        }

        @Override
        public Path getPath(String first, String... more) {
            keepThreadOfAgent();
            return jdk.getPath(first, more);
        }

        @Override
        public PathMatcher getPathMatcher(String syntaxAndPattern) {
            return jdk.getPathMatcher(syntaxAndPattern);
        }

        @Override
        public UserPrincipalLookupService getUserPrincipalLookupService() {
            return jdk.getUserPrincipalLookupService();
        }

        @Override
        public WatchService newWatchService() throws IOException {
            return jdk.newWatchService();
        }
    }
}
