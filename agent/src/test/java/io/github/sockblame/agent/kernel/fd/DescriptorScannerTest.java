// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.fd;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.kernel.FakeProc;
import io.github.sockblame.agent.kernel.proc.SourceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorScannerTest {

    @TempDir
    Path folder;

    private FakeProc proc;
    private DescriptorScanner scanner;
    private final List<SourceStatus> answers = new ArrayList<>();

    @BeforeEach
    void create() {
        proc = FakeProc.bare(folder);
        scanner = new DescriptorScanner(proc.file("fd"), null);
    }

    @Test
    void findsTheSocketsAmongTheDescriptors() {
        proc.link(0, "pipe:[1]")
                .link(1, "pipe:[77]")
                .socket(12, 4242)
                .socket(7, 4_294_967_295L)
                .link(8, "anon_inode:[eventpoll]")
                .link(9, "/tmp/socket:[5]")
                .link(10, "socket:[6] (deleted)")
                .link(11, "socket:[x]");
        ScanResult scanResult = scanner.read(100, RememberedSockets.NONE, answers);

        assertThat(scanResult.open()).isEqualTo(8);
        assertThat(scanResult.socketInodes()).containsExactly(Map.entry(7, 4_294_967_295L), Map.entry(12, 4242L));
        assertThat(answers).containsExactly(new SourceStatus(proc.file("fd").toString(), true, null));
    }

    @Test
    void doesNotCountTheListingItself() throws IOException {
        proc.link(0, "pipe:[1]")
                .link(3, proc.file("fd").toRealPath().toString())
                .socket(4, 4242);

        assertThat(scanner.read(100, RememberedSockets.NONE, answers).open()).isEqualTo(2);
    }

    @Test
    void emptyFolderIsAHiddenOne() {
        assertThat(scanner.read(100, RememberedSockets.NONE, answers).open()).isEqualTo(-1);
        assertThat(answers)
                .containsExactly(
                        new SourceStatus(proc.file("fd").toString(), false, "empty, which it never is"),
                        new SourceStatus(proc.file("fd") + "/0, 1, 2...", false, "none is there"));
    }

    @Test
    void countsALinkThatCannotBeRead() throws IOException {
        proc.socket(3, 4242);
        Files.createFile(proc.file("fd/4"));

        assertThat(scanner.read(100, RememberedSockets.NONE, answers).open()).isEqualTo(2);
        assertThat(answers)
                .containsExactly(
                        new SourceStatus(proc.file("fd").toString(), true, "1 links not readable, counted as open"));
    }

    @Test
    void skipsNamesThatAreNoNumbers() throws IOException {
        proc.socket(3, 4242);
        Files.createFile(proc.file("fd/x"));
        Files.createFile(proc.file("fd/99999999999"));

        assertThat(scanner.read(100, RememberedSockets.NONE, answers).open()).isEqualTo(1);
    }

    @Test
    void countIsUnknownWithoutTheFolder() {
        DescriptorScanner missing = new DescriptorScanner(proc.file("nothing"), null);

        assertThat(missing.read(100, RememberedSockets.NONE, answers).open()).isEqualTo(-1);
        assertThat(answers)
                .containsExactly(new SourceStatus(proc.file("nothing").toString(), false, "absent"));
    }

    @Test
    void withoutTheFolderEachNumberIsTriedByFstat() {
        FstatCalls calls = fd -> fd == 3 ? 4242 : fd < 6 ? FstatCalls.NO_SOCKET : FstatCalls.CLOSED;
        DescriptorScanner missing = new DescriptorScanner(proc.file("nothing"), calls);

        ScanResult result = missing.read(100, RememberedSockets.NONE, answers);

        assertThat(result.open()).isEqualTo(6);
        assertThat(result.socketInodes().fd(0)).isEqualTo(3);
        assertThat(answers).extracting(SourceStatus::used).containsExactly(false, true);
    }
}
