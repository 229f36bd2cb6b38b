// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/**
 * The folder for agent jars in the temporary folder.
 *
 * <p>Other JVMs run the jars in it, and all users can write to the folder above. So the viewer uses the folder only if it is a real
 * directory of this user that no other user can write to, and a jar only if its bytes equal the bundled ones. Otherwise the viewer
 * creates a new folder. It deletes no file, because a JVM may have it open.
 */
final class AgentJarCache {

    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");

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
    Path put(byte[] jar, String version) throws IOException {
        String name = "sockblame-agent-" + version.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + hash(jar) + ".jar";
        Path folder = folder();
        Path file = folder.resolve(name);
        if (!holds(file, jar)) {
            Path written = Files.createTempFile(folder, "sockblame-agent-", ".part");
            Files.write(written, jar);
            Files.setPosixFilePermissions(written, FILE);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }

    private Path folder() throws IOException {
        Path folder = tmp.resolve(folderName);
        try {
            Files.createDirectory(folder);
            // Not as an attribute of the creation: the umask would take away what another user's JVM needs to read it.
            Files.setPosixFilePermissions(folder, FOLDER);
        } catch (FileAlreadyExistsException e) {
            if (!isSafe(folder)) {
                Path fresh = Files.createTempDirectory(tmp, "sockblame-");
                Files.setPosixFilePermissions(fresh, FOLDER);
                return fresh;
            }
        }
        return folder;
    }

    private boolean isSafe(Path folder) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return attributes.isDirectory()
                && LocalProcess.uid(folder) == uid
                && !attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                && !attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static boolean holds(Path file, byte[] jar) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == jar.length
                && Arrays.equals(Files.readAllBytes(file), jar);
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
