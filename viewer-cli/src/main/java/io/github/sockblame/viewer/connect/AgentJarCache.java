// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import io.github.sockblame.report.FileStat;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The folder for agent jars in the temporary folder.
 *
 * <p>Other JVMs run the jars in it, and all users can write to the folder above. So the viewer uses the folder only if it is a real
 * directory of this user that no other user can write to or replace, and a jar only if it is a file of this user alone, with the bundled
 * bytes. It replaces any other jar. If another user has taken the name of the folder, the viewer uses a folder with a random name, and
 * finds it again the next time.
 */
class AgentJarCache {

    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");

    /** The beginning of a random name. */
    private static final String RANDOM = "sockblame-jars-";

    /**
     * The rights at the moment of creation. The umask cannot add rights to them, so no other user can put a file into the folder before its
     * final rights are set. It could take away rights that another user's JVM needs, so those are set afterwards.
     */
    private static final FileAttribute<Set<PosixFilePermission>> CLOSED =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path tmp;
    private final String folderName;
    private final int uid;

    AgentJarCache(Path tmp, String user, int uid) {
        this.tmp = tmp;
        this.folderName = "sockblame-" + user.replaceAll("[^A-Za-z0-9._-]", "_");
        this.uid = uid;
    }

    static AgentJarCache ofThisUser() throws IOException {
        return new AgentJarCache(
                Path.of(System.getProperty("java.io.tmpdir", "/tmp")).toAbsolutePath(),
                System.getProperty("user.name", "unknown"),
                LocalProcess.uid(Path.of("/proc/self")));
    }

    /** The file that holds these bytes. */
    Path put(byte[] jar, String version) throws IOException, CannotAnswerException {
        Path name = Path.of("sockblame-agent-" + version.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + hash(jar) + ".jar");
        try (OpenFolder folder = folder(SafePath.of(tmp, uid))) {
            if (!holds(folder, name, jar)) {
                replace(folder, name, jar);
            }
            new StaleJars(folder, name).delete();
            return folder.path().resolve(name);
        }
    }

    private OpenFolder folder(Path safeTmp) throws IOException {
        OpenFolder named = make(safeTmp, Path.of(folderName));
        if (named != null) {
            return named;
        }
        OpenFolder earlier = earlierFolder(safeTmp);
        if (earlier != null) {
            return earlier;
        }
        Path fresh = Files.createTempDirectory(safeTmp, RANDOM, CLOSED);
        OpenFolder made = openIfOwn(safeTmp, fresh.getFileName());
        if (made == null) {
            throw new IOException("another folder was put at " + fresh);
        }
        return made;
    }

    /** Makes a folder of this name or uses an existing one; null if that cannot be trusted. */
    private @Nullable OpenFolder make(Path safeTmp, Path name) throws IOException {
        Path folder = safeTmp.resolve(name);
        try {
            Files.createDirectory(folder, CLOSED);
            onFolderMade(folder);
        } catch (FileAlreadyExistsException e) {
            // it may be ours
        }
        return openIfOwn(safeTmp, name);
    }

    /** A test uses this moment as an attacker would. */
    void onFolderMade(Path folder) throws IOException {}

    /** A folder of an earlier attach that had to use a random name; null if there is none. */
    private @Nullable OpenFolder earlierFolder(Path safeTmp) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(safeTmp, RANDOM + "[0-9]*")) {
            for (Path each : folders) {
                OpenFolder folder = openIfOwn(safeTmp, each.getFileName());
                if (folder != null) {
                    return folder;
                }
            }
            return null;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private @Nullable OpenFolder openIfOwn(Path safeTmp, Path name) throws IOException {
        OpenFolder folder;
        try {
            folder = OpenFolder.open(safeTmp, name);
        } catch (NotDirectoryException | NoSuchFileException | AccessDeniedException e) {
            return null;
        }
        boolean isOwn = false;
        try {
            FileStat stat = folder.stat();
            isOwn = stat.isFolder() && stat.uid() == uid && stat.isWritableByOwnerOnly();
            if (isOwn) {
                folder.setPermissions(FOLDER);
            }
        } finally {
            if (!isOwn) {
                folder.close();
            }
        }
        return isOwn ? folder : null;
    }

    private boolean holds(OpenFolder folder, Path name, byte[] jar) throws IOException {
        try {
            FileStat stat = folder.stat(name);
            return stat.isPlainFile()
                    && stat.uid() == uid
                    && stat.links() == 1
                    && stat.isWritableByOwnerOnly()
                    && stat.size() == jar.length
                    && Arrays.equals(folder.read(name, jar.length + 1), jar);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static void replace(OpenFolder folder, Path name, byte[] jar) throws IOException {
        Path part = Path.of("sockblame-agent-" + UUID.randomUUID() + StaleJars.PART);
        try {
            folder.create(part, jar);
            folder.setPermissions(part, FILE);
            folder.rename(part, name);
        } catch (IOException e) {
            folder.delete(part);
            throw e;
        }
    }

    private static String hash(byte[] jar) {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(jar);
            return HexFormat.of().formatHex(sha256, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
