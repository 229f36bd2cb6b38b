// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

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
    private DescriptorScanner directory;
    private final List<SourceStatus> answers = new ArrayList<>();

    @BeforeEach
    void create() {
        proc = FakeProc.bare(folder);
        directory = new DescriptorScanner(proc.file("fd"), null);
    }

    @Test
    void tellsSocketsFromTheRest() {
        proc.link(0, "pipe:[1]")
                .link(1, "pipe:[77]")
                .socket(12, 4242)
                .socket(7, 4_294_967_295L)
                .link(8, "anon_inode:[eventpoll]")
                .link(9, "/tmp/socket:[5]")
                .link(10, "socket:[6] (deleted)")
                .link(11, "socket:[x]");
        DescriptorScanner.ScanResult scanResult = directory.read(100, RememberedSockets.NONE, answers);

        assertThat(scanResult.open()).isEqualTo(8);
        assertThat(scanResult.socketInodes()).containsExactly(Map.entry(7, 4_294_967_295L), Map.entry(12, 4242L));
        assertThat(answers).containsExactly(new SourceStatus(proc.file("fd").toString(), true, null));
    }

    @Test
    void doesNotCountTheListingItself() throws IOException {
        proc.link(0, "pipe:[1]")
                .link(3, proc.file("fd").toRealPath().toString())
                .socket(4, 4242);

        assertThat(directory.read(100, RememberedSockets.NONE, answers).open()).isEqualTo(2);
    }

    @Test
    void emptyFolderIsAHiddenOne() {
        assertThat(directory.read(100, RememberedSockets.NONE, answers).open()).isEqualTo(-1);
        assertThat(answers)
                .containsExactly(
                        new SourceStatus(proc.file("fd").toString(), false, "empty, which it never is"),
                        new SourceStatus(proc.file("fd") + "/0, 1, 2...", false, "none is there"));
    }

    @Test
    void countsALinkThatCannotBeRead() throws IOException {
        proc.socket(3, 4242);
        Files.createFile(proc.file("fd/4"));

        assertThat(directory.read(100, RememberedSockets.NONE, answers).open()).isEqualTo(2);
        assertThat(answers)
                .containsExactly(
                        new SourceStatus(proc.file("fd").toString(), true, "1 links not readable, counted as open"));
    }

    @Test
    void passesOverNamesThatAreNoNumbers() throws IOException {
        proc.socket(3, 4242);
        Files.createFile(proc.file("fd/x"));
        Files.createFile(proc.file("fd/99999999999"));

        assertThat(directory.read(100, RememberedSockets.NONE, answers).open()).isEqualTo(1);
    }

    @Test
    void doesNotKnowTheNumberIfThereIsNoDirectory() {
        DescriptorScanner missing = new DescriptorScanner(proc.file("nothing"), null);

        assertThat(missing.read(100, RememberedSockets.NONE, answers).open()).isEqualTo(-1);
        assertThat(answers)
                .containsExactly(new SourceStatus(proc.file("nothing").toString(), false, "absent"));
    }

    @Test
    void probesWhatItCouldNotList() {
        proc.link(0, "pipe:[1]").socket(3, 4242).socket(900, 4243);
        DescriptorScanner.ScanResult scanResult = directory.probe(-1);

        assertThat(scanResult.open()).isEqualTo(3);
        assertThat(scanResult.socketInodes()).isEqualTo(Map.of(3, 4242L, 900, 4243L));
    }

    @Test
    void probesToTheLimit() {
        proc.socket(3, 4242).socket(99, 4243).socket(100, 4244);

        assertThat(directory.probe(100).socketInodes()).containsOnlyKeys(3, 99);
    }

    @Test
    void probesBeyondALimitThatWasLoweredUpToTheHighestEverSeen() {
        proc.socket(3, 4242).socket(5000, 4243);
        assertThat(directory.read(10_000, RememberedSockets.NONE, answers).open())
                .isEqualTo(2);

        assertThat(directory.probe(100).socketInodes()).containsOnlyKeys(3, 5000);
    }

    @Test
    void endsProbingAfterALongGap() {
        proc.socket(3, 4242).socket(3 + 1024, 4243).socket(3 + 1024 + 1025, 4244);

        assertThat(directory.probe(-1).socketInodes()).containsOnlyKeys(3, 1027);
    }
}
