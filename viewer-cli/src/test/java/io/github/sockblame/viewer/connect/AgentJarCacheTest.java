// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentJarCacheTest {

    private static final byte[] JAR = {1, 2, 3};

    @TempDir
    Path tmp = Path.of("");

    @Test
    void jarIsReadableInOwnFolder() throws IOException {
        Path file = shelf("ann").put(JAR, "1.0");

        assertThat(file).hasBinaryContent(JAR).hasParentRaw(tmp.resolve("sockblame-ann"));
        assertThat(file.getFileName()).asString().isEqualTo("sockblame-agent-1.0-039058c6f2c0.jar");
        assertThat(permissions(file)).isEqualTo("rw-r--r--");
        assertThat(permissions(tmp.resolve("sockblame-ann"))).isEqualTo("rwxr-xr-x");
    }

    @Test
    void jarIsReused() throws IOException {
        Path first = shelf("ann").put(JAR, "1.0");
        Object inode = Files.getAttribute(first, "unix:ino");

        Path second = shelf("ann").put(JAR, "1.0");

        assertThat(second).isEqualTo(first);
        assertThat(Files.getAttribute(second, "unix:ino")).isEqualTo(inode);
    }

    @Test
    void jarOfOtherContentIsReplacedAsAWhole() throws IOException {
        Path first = shelf("ann").put(JAR, "1.0");
        Files.write(first, new byte[] {6, 6, 6});

        assertThat(shelf("ann").put(JAR, "1.0")).isEqualTo(first).hasBinaryContent(JAR);
        assertThat(tmp.resolve("sockblame-ann")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void linkInPlaceOfTheJarIsNotFollowed() throws IOException {
        Path first = shelf("ann").put(JAR, "1.0");
        Path elsewhere = Files.write(tmp.resolve("elsewhere"), JAR);
        Files.delete(first);
        Files.createSymbolicLink(first, elsewhere);

        assertThat(shelf("ann").put(JAR, "1.0")).isRegularFile();
        assertThat(Files.isSymbolicLink(first)).isFalse();
        assertThat(elsewhere).hasBinaryContent(JAR);
    }

    @Test
    void folderInWhichOthersCanWriteIsLeftAlone() throws IOException {
        Path folder = Files.createDirectory(tmp.resolve("sockblame-ann"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        isElsewhere(shelf("ann").put(JAR, "1.0"), folder);
    }

    @Test
    void folderThatIsALinkIsLeftAlone() throws IOException {
        Path target = Files.createDirectory(tmp.resolve("target"));
        Path folder = Files.createSymbolicLink(tmp.resolve("sockblame-ann"), target);

        isElsewhere(shelf("ann").put(JAR, "1.0"), folder);
    }

    @Test
    void folderOfAnotherUserIsLeftAlone() throws IOException {
        Path folder = Files.createDirectory(tmp.resolve("sockblame-ann"));
        AgentJarCache shelf = new AgentJarCache(tmp, "ann", LocalProcess.uid(tmp) + 1);

        isElsewhere(shelf.put(JAR, "1.0"), folder);
    }

    @Test
    void namesCannotLeadOutOfTheFolder() throws IOException {
        Path file = shelf("../ann").put(JAR, "../../1.0");

        assertThat(file.normalize()).isEqualTo(file).startsWith(tmp);
        assertThat(folderOf(folderOf(file))).isEqualTo(tmp);
    }

    private static void isElsewhere(Path file, Path folder) throws IOException {
        assertThat(file).hasBinaryContent(JAR);
        assertThat(folderOf(file)).isNotEqualTo(folder);
        assertThat(permissions(folderOf(file))).isEqualTo("rwxr-xr-x");
        assertThat(folder).isEmptyDirectory();
    }

    private static Path folderOf(Path file) {
        return Objects.requireNonNull(file.getParent());
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private AgentJarCache shelf(String user) throws IOException {
        return new AgentJarCache(tmp, user, LocalProcess.uid(tmp));
    }
}
