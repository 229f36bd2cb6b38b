// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.fd;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.kernel.FakeProc;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingScanTest {

    @TempDir
    Path folder;

    private FakeProc proc;
    private final ScanResult result = new ScanResult();

    @BeforeEach
    void create() {
        proc = FakeProc.bare(folder);
    }

    private @Nullable String list(String name) {
        Path listed = proc.file(name);
        return new ListingScan(listed.toFile(), new DescriptorReader(listed, null)).addTo(result);
    }

    @Test
    void addsOnlyDescriptorsThatAreNotInTheResult() {
        proc.socket(3, 4242).socket(4, 4243);
        result.add(3, 5000);

        assertThat(list("fd")).isNull();
        assertThat(result.socketInodes()).isEqualTo(Map.of(3, 5000L, 4, 4243L));
        assertThat(result.open()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "true, 'cannot be listed, as when no file descriptor is left'",
        "false, 'cannot be listed, no permission'"
    })
    void missingPermissionIsNotTakenForALackOfDescriptors(boolean readable, String reason) {
        File unlisted = new File(folder.toString()) {
            @Override
            public String @Nullable [] list() {
                return null;
            }

            @Override
            public boolean canRead() {
                return readable;
            }
        };

        assertThat(new ListingScan(unlisted, new DescriptorReader(folder, null)).addTo(result))
                .isEqualTo(reason);
    }

    @Test
    void reportsWhyThereIsNoList() {
        assertThat(list("fd")).isEqualTo("empty, which it never is");
        assertThat(list("nothing")).isEqualTo("absent");
        assertThat(result.open()).isEqualTo(-1);
    }
}
