// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJdks;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetOutputOnFailure;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.scenario.fault.NoDescriptorLeft;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.json.ReportJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When no file descriptor is left, on whatever path that is met, the report comes out all the same. */
@ExtendWith(TargetOutputOnFailure.class)
@Timeout(120)
@Tag(OnEveryJdk.TAG)
class NoDescriptorLeftIT {

    private static final String LIMIT = "400";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Socket",
                "SocketChannel",
                "ServerSocket",
                "ServerSocketChannel",
                "DatagramSocket",
                "Unix",
                "AsynchronousSocketChannel",
                "AsynchronousServerSocketChannel",
                "accept",
                "accept of a channel"
            })
    void reportIsWrittenWithoutADescriptor(String kind) throws Exception {
        Path folder = TestEnvironment.newFolder("exhausted");
        for (TargetJdk jdk : TargetJdks.all()) {
            Path file = folder.resolve(jdk.feature() + ".json");
            try (TargetProcess target = TargetJvm.of(jdk, NoDescriptorLeft.class)
                    .through("sh", "-c", "ulimit -n " + LIMIT + " && exec \"$0\" \"$@\"")
                    .watched("alert=none,report.to=" + file)
                    .arguments(kind)
                    .start()) {
                target.awaitCheckpoint("ready");
                target.proceedTo("exhausted");
                Await.until("the report", () -> Files.exists(file));
                Await.until("the line", () -> target.complaints().contains("report: " + file));

                Report report = ReportJson.read(Files.readString(file));
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                assertThat(report.fileDescriptors().limit()).isEqualTo(Long.parseLong(LIMIT));
                assertThat(report.fileDescriptors().open()).isBetween(390L, 400L);
                assertThat(report.totals().sockets()).isGreaterThan(250);
                assertThat(report.totals().untracked()).isLessThan(8);
                assertThat(target.complaints().lines())
                        .filteredOn(line -> line.startsWith("sockblame: "))
                        .hasSize(2)
                        .first()
                        .asString()
                        .matches(
                                "sockblame: alert \\(no file descriptor left\\): [0-9]+ of 400 file descriptors are open,"
                                        + " [0-9]+ of them sockets, .*most sockets were opened at"
                                        + " " + NoDescriptorLeft.class.getName() + ".*");
                target.proceedTo("relieved");
            }
        }
    }
}
