// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SttyTest {

    @Test
    void inputThatIsNoTerminalGivesNothing(@TempDir Path folder) throws Exception {
        Redirect nothing = Redirect.from(Path.of("/dev/null").toFile());
        assertThat(Stty.run(nothing, Duration.ofSeconds(10), "size")).isEmpty();
        Redirect missing = Redirect.from(folder.resolve("missing").toFile());
        assertThat(Stty.run(missing, Duration.ofSeconds(10), "size")).isEmpty();
    }

    @Test
    void outputIsStripped() {
        Redirect nothing = Redirect.from(Path.of("/dev/null").toFile());
        assertThat(Stty.run(nothing, Duration.ofSeconds(10), "--version"))
                .startsWith("stty")
                .doesNotEndWith("\n");
    }
}
