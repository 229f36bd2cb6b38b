// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFolderTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void missingFolderIsStated() throws Exception {
        assertThat(ReportFolder.problem(folder + "/no/leak-%p.json"))
                .isEqualTo("report.to: the folder " + folder
                        + "/no does not exist, and no report is written before it does");
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(ReportFolder.problem(file + "/leak.json")).contains(file + " does not exist");
    }

    @Test
    void presentFolderIsFine() {
        assertThat(ReportFolder.problem(folder + "/leak-%p.json")).isNull();
        assertThat(ReportFolder.problem("leak.json")).isNull();
    }

    @Test
    void folderOfEachProcessMayAppearLater() {
        assertThat(ReportFolder.problem(folder + "/%p/leak.json")).isNull();
    }
}
