// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.tracking;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.FrameText;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.scenario.Peer;
import io.github.sockblame.it.scenario.leak.LeakyProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** With trace=FILE each open, accept, end of file and close of a real program is a line, to the last before its end. */
class TraceIT {

    @OnEveryJdk
    void everyEventIsALine(TargetJdk jdk) throws Exception {
        Path file = TestEnvironment.newFolder("trace").resolve("trace.tsv");
        try (TargetProcess target =
                TargetJvm.of(jdk, LeakyProgram.class).watched("trace=" + file).start()) {
            target.awaitCheckpoint("leaked");
            Await.until(
                    "the ends of file",
                    () -> Files.exists(file) && events(file, "eof").size() >= 3);

            assertThat(events(file, "open"))
                    .filteredOn(line -> line.contains("\t" + FrameText.in(LeakyProgram.class, "forget")))
                    .hasSize(3)
                    .allMatch(line -> line.contains("\t127.0.0.1:") && line.contains("\tmain\t"));
            assertThat(events(file, "accept"))
                    .filteredOn(line -> line.contains("\t" + FrameText.in(Peer.class, "serve")))
                    .hasSize(3);
            assertThat(events(file, "close"))
                    .filteredOn(line -> line.contains("\t" + FrameText.in(Peer.class, "serve")))
                    .hasSize(3);
            assertThat(events(file, "eof"))
                    .filteredOn(line -> line.contains("\t" + FrameText.in(LeakyProgram.class, "forget")))
                    .hasSize(3);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(requireNonNull(target.report().report().agent().trace()).dropped())
                    .isZero();
            Output unused = target.finish();
            assertThat(events(file, "close"))
                    .as("the program's last close, just before its end")
                    .anyMatch(line -> line.contains("\t" + FrameText.in(Peer.class, "close")));
        }
    }

    private static List<String> events(Path file, String event) throws Exception {
        return Files.readAllLines(file).stream()
                .filter(line -> line.contains("\t" + event + "\t"))
                .toList();
    }
}
