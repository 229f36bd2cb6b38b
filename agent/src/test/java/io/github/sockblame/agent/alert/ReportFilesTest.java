// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sockblame.agent.file.ReserveDescriptors;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.json.ReportJson;
import io.github.sockblame.report.text.LeaksText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {

    @TempDir
    Path folder;

    private final Report report = SampleReports.rich();

    private ReportFiles files(String name) {
        return new ReportFiles(folder.resolve(name).toString(), new ReserveDescriptors(1));
    }

    @Test
    void theNameHasProcessAndTimeAndTheEndingDecides() throws Exception {
        Path json = files("r-%p-%t.json").write(report);
        assertThat(json.getFileName().toString()).matches("r-[0-9]+-[0-9]{8}T[0-9]{6}Z\\.json");
        assertThat(ReportJson.read(Files.readString(json))).isEqualTo(report);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(json)))
                .isEqualTo("rw-------");

        assertThat(files("r.txt").write(report)).hasContent(LeaksText.of(report));
    }

    @Test
    void existingFileIsReplacedWithoutFollowingLinks() throws Exception {
        Path elsewhere = Files.writeString(folder.resolve("precious"), "precious");
        Files.createSymbolicLink(folder.resolve("r.txt"), elsewhere);
        Files.createSymbolicLink(folder.resolve("r.txt.part"), elsewhere);
        ReportFiles files = files("r.txt");
        files.write(report);
        Path second = files.write(report);

        assertThat(second).isRegularFile().hasContent(LeaksText.of(report));
        assertThat(elsewhere).hasContent("precious");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aFolderAndADeviceAreNotReplaced() throws Exception {
        Files.createDirectory(folder.resolve("folder.txt"));
        Path device = Files.createSymbolicLink(folder.resolve("device.txt"), Path.of("/dev/null"));

        assertThatThrownBy(() -> files("folder.txt").write(report))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("folder.txt: it is a folder");
        assertThatThrownBy(() -> files("device.txt").write(report))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("device.txt: it is a device, a FIFO or a socket");
        assertThat(device).isSymbolicLink();
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void onlyTenAreKept() throws Exception {
        ReportFiles files = files("r-%t.txt");
        List<Path> written = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            written.add(files.write(SampleReports.quiet()
                    .takenAt(SampleReports.NOW.plusSeconds(i))
                    .build()));
        }
        assertThat(written.subList(0, 2)).allMatch(Files::notExists);
        assertThat(written.subList(2, 12)).allMatch(Files::exists);
    }

    @Test
    void ofLargeOnesFewerAreKept() throws Exception {
        String pattern = folder.resolve("r-%t.json").toString();
        Report quiet = SampleReports.quiet().build();
        long size = ReportJson.write(quiet).length();
        ReportFiles files = new ReportFiles(pattern, new ReserveDescriptors(1), 2 * size + size / 2);
        List<Path> written = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            written.add(files.write(SampleReports.quiet()
                    .takenAt(SampleReports.NOW.plusSeconds(i))
                    .build()));
        }
        assertThat(written.get(0)).doesNotExist();
        assertThat(written.subList(1, 3)).allMatch(Files::exists);

        assertThatThrownBy(() -> new ReportFiles(pattern, new ReserveDescriptors(1), size - 1).write(quiet))
                .isInstanceOf(IOException.class)
                .hasMessage("it has more than " + (size - 1) + " bytes");
    }

    @Test
    void failedWriteThrows() {
        assertThatThrownBy(() -> files("no/such/folder/r.txt").write(report)).isInstanceOf(IOException.class);
    }
}
