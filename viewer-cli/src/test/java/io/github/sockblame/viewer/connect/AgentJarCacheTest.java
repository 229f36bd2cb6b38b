// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentJarCacheTest {

    private static final byte[] JAR = {1, 2, 3};

    @TempDir
    Path tmp = Path.of("");

    @Test
    void jarIsReadableInOwnFolder() throws Exception {
        Path file = shelf("ann").put(JAR, "1.0");

        assertThat(file).hasBinaryContent(JAR).hasParentRaw(tmp.resolve("sockblame-ann"));
        assertThat(file.getFileName()).asString().isEqualTo("sockblame-agent-1.0-039058c6f2c0.jar");
        assertThat(permissions(file)).isEqualTo("rw-r--r--");
        assertThat(permissions(tmp.resolve("sockblame-ann"))).isEqualTo("rwxr-xr-x");
    }

    @Test
    void jarIsReused() throws Exception {
        Path first = shelf("ann").put(JAR, "1.0");
        Object inode = Files.getAttribute(first, "unix:ino");

        Path second = shelf("ann").put(JAR, "1.0");

        assertThat(second).isEqualTo(first);
        assertThat(Files.getAttribute(second, "unix:ino")).isEqualTo(inode);
    }

    @Test
    void jarOfOtherContentIsReplacedAsAWhole() throws Exception {
        Path first = shelf("ann").put(JAR, "1.0");
        Files.write(first, new byte[] {6, 6, 6});

        assertThat(shelf("ann").put(JAR, "1.0")).isEqualTo(first).hasBinaryContent(JAR);
        assertThat(tmp.resolve("sockblame-ann")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void linkInPlaceOfTheJarIsNotFollowed() throws Exception {
        Path first = shelf("ann").put(JAR, "1.0");
        Path elsewhere = Files.write(tmp.resolve("elsewhere"), JAR);
        Files.delete(first);
        Files.createSymbolicLink(first, elsewhere);

        assertThat(shelf("ann").put(JAR, "1.0")).isRegularFile();
        assertThat(Files.isSymbolicLink(first)).isFalse();
        assertThat(elsewhere).hasBinaryContent(JAR);
    }

    @Test
    void folderInWhichOthersCanWriteIsLeftAlone() throws Exception {
        Path folder = Files.createDirectory(tmp.resolve("sockblame-ann"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        isElsewhere(shelf("ann").put(JAR, "1.0"), folder);
    }

    @Test
    void folderThatIsALinkIsLeftAlone() throws Exception {
        Path target = Files.createDirectory(tmp.resolve("target"));
        Path folder = Files.createSymbolicLink(tmp.resolve("sockblame-ann"), target);

        isElsewhere(shelf("ann").put(JAR, "1.0"), folder);
    }

    @Test
    void folderOfAnotherUserIsLeftAlone() throws Exception {
        Path folder = Files.createDirectory(tmp.resolve("sockblame-ann"));
        giveAway(folder);

        isElsewhere(shelf("ann").put(JAR, "1.0"), folder);
    }

    @Test
    void folderIsClosedUntilItHasItsRights() throws Exception {
        List<String> seen = new ArrayList<>();
        AgentJarCache shelf = new AgentJarCache(tmp, "ann", LocalProcess.uid(tmp)) {
            @Override
            void onFolderMade(Path folder) throws IOException {
                seen.add(permissions(folder));
            }
        };

        Path file = shelf.put(JAR, "1.0");

        assertThat(seen).containsExactly("rwx------");
        assertThat(permissions(folderOf(file))).isEqualTo("rwxr-xr-x");
    }

    @Test
    void jarOfAnotherUserIsReplacedWhateverItsBytes() throws Exception {
        Path file = shelf("ann").put(JAR, "1.0");
        Object planted = Files.getAttribute(file, "unix:ino");
        giveAway(file);

        assertThat(shelf("ann").put(JAR, "1.0")).isEqualTo(file).hasBinaryContent(JAR);
        assertThat(Files.getAttribute(file, "unix:ino")).isNotEqualTo(planted);
        assertThat(LocalProcess.uid(file)).isEqualTo(LocalProcess.uid(tmp));
    }

    @Test
    void jarWithAnotherNameOrMoreRightsIsReplaced() throws Exception {
        Path file = shelf("ann").put(JAR, "1.0");
        Path other = Files.createLink(tmp.resolve("other"), file);
        assertThat(shelf("ann").put(JAR, "1.0")).isEqualTo(file);
        assertThat(Files.isSameFile(file, other)).isFalse();

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThat(permissions(shelf("ann").put(JAR, "1.0"))).isEqualTo("rw-r--r--");
        assertThat(folderOf(file)).isDirectoryNotContaining("glob:**.part");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwxrwx---", "rwxr-x-w-"})
    void temporaryFolderThatOthersCanChangeIsRefused(String mode) throws Exception {
        Path inside = Files.createDirectory(tmp.resolve("inside"));
        Files.setPosixFilePermissions(tmp, PosixFilePermissions.fromString(mode));

        for (Path each : List.of(tmp, inside)) {
            assertThatThrownBy(() -> shelf(each).put(JAR, "1.0"))
                    .isInstanceOf(CannotAnswerException.class)
                    .hasMessageStartingWith("other users can replace files in " + tmp.toRealPath() + ", and")
                    .hasMessageContaining("-Djava.io.tmpdir=DIR");
            assertThat(inside).isEmptyDirectory();
        }
        Files.setAttribute(tmp, "unix:mode", 0_1777);
        assertThat(shelf(inside).put(JAR, "1.0")).hasBinaryContent(JAR);
    }

    @Test
    void temporaryFolderOfAnotherUserIsRefused() throws Exception {
        Path inside = Files.createDirectories(tmp.resolve("theirs/inside"));
        giveAway(tmp.resolve("theirs"));

        assertThatThrownBy(() -> shelf(inside).put(JAR, "1.0"))
                .isInstanceOf(CannotAnswerException.class)
                .hasMessageContaining(tmp.resolve("theirs").toString());
    }

    @Test
    void linkToTheTemporaryFolderIsResolvedOnce() throws Exception {
        Path link = Files.createSymbolicLink(tmp.resolve("link"), Files.createDirectory(tmp.resolve("real")));

        assertThat(shelf(link).put(JAR, "1.0").toString())
                .startsWith(tmp.toRealPath().resolve("real") + "/");
    }

    @Test
    void oneFolderIsEnoughWhenTheNameIsTaken() throws Exception {
        Path folder = Files.createFile(tmp.resolve("sockblame-ann"));

        Path first = shelf("ann").put(JAR, "1.0");
        for (int i = 0; i < 20; i++) {
            assertThat(shelf("ann").put(JAR, "1.0")).isEqualTo(first);
        }

        try (Stream<Path> files = Files.walk(tmp)) {
            assertThat(files).containsExactlyInAnyOrder(tmp, folder, folderOf(first), first);
        }
    }

    @Test
    void oldJarsThatNobodyHasOpenAreRemoved() throws Exception {
        Path old = shelf("ann").put(new byte[] {4}, "0.1");
        Path used = shelf("ann").put(new byte[] {5}, "0.2");
        Path part = Files.createFile(folderOf(old).resolve("sockblame-agent-1.part"));
        Path foreign = Files.createFile(folderOf(old).resolve("notes.jar"));
        for (Path each : List.of(old, used, part, foreign)) {
            Files.setLastModifiedTime(each, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        }
        Path young = shelf("ann").put(new byte[] {6}, "0.3");
        assertThat(old).doesNotExist();
        assertThat(part).doesNotExist();

        // no process used "used", so it went as well: make it again and open it
        assertThat(used).doesNotExist();
        used = shelf("ann").put(new byte[] {5}, "0.2");
        Files.setLastModifiedTime(used, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        try (InputStream open = Files.newInputStream(used)) {
            Path current = shelf("ann").put(JAR, "1.0");
            assertThat(open.read()).isEqualTo(5);
            try (Stream<Path> files = Files.list(folderOf(current))) {
                assertThat(files).containsExactlyInAnyOrder(used, foreign, young, current);
            }
        }
    }

    @Test
    void namesCannotLeadOutOfTheFolder() throws Exception {
        Path file = shelf("../ann").put(JAR, "../../1.0");

        assertThat(file.normalize()).isEqualTo(file).startsWith(tmp);
        assertThat(folderOf(folderOf(file))).isEqualTo(tmp);
    }

    private static void isElsewhere(Path file, Path folder) throws Exception {
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

    /** Gives a file to another user; only root can. */
    private void giveAway(Path file) throws IOException {
        assumeTrue(LocalProcess.uid(tmp) == 0, "only root can give a file away");
        Files.setAttribute(file, "unix:uid", 1);
    }

    private AgentJarCache shelf(String user) throws IOException {
        return new AgentJarCache(tmp, user, LocalProcess.uid(tmp));
    }

    private static AgentJarCache shelf(Path folder) throws IOException {
        return new AgentJarCache(folder, "ann", LocalProcess.uid(Path.of("/proc/self")));
    }
}
