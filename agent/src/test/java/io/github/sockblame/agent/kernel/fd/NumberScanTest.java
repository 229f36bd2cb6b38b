// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.fd;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.kernel.FakeProc;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumberScanTest {

    @TempDir
    Path folder;

    private FakeProc proc;
    private DescriptorReader reader;

    @BeforeEach
    void create() {
        proc = FakeProc.bare(folder);
        reader = new DescriptorReader(proc.file("fd"), null);
    }

    private ScanResult scan(long limit) {
        return new NumberScan(reader).scan(limit, NumberScan.ALL, RememberedSockets.NONE);
    }

    @Test
    void findsDescriptorsWithoutAList() {
        proc.link(0, "pipe:[1]").socket(3, 4242).socket(900, 4243);
        ScanResult result = scan(-1);

        assertThat(result.open()).isEqualTo(3);
        assertThat(result.socketInodes()).isEqualTo(Map.of(3, 4242L, 900, 4243L));
    }

    @Test
    void endsAtTheLimit() {
        proc.socket(3, 4242).socket(99, 4243).socket(100, 4244);

        assertThat(scan(100).socketInodes()).containsOnlyKeys(3, 99);
    }

    @Test
    void goesBeyondALoweredLimitUpToTheHighestEverFound() {
        proc.socket(3, 4242).socket(5000, 4243);
        ScanResult listed = new ScanResult();
        assertThat(new ListingScan(proc.file("fd").toFile(), reader).addTo(listed))
                .isNull();
        assertThat(listed.open()).isEqualTo(2);

        assertThat(scan(100).socketInodes()).containsOnlyKeys(3, 5000);
    }

    @Test
    void endsAfterALongGap() {
        proc.socket(3, 4242).socket(3 + 1024, 4243).socket(3 + 1024 + 1025, 4244);

        assertThat(scan(-1).socketInodes()).containsOnlyKeys(3, 1027);
    }
}
