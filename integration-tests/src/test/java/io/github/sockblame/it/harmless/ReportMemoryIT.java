// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.scenario.fault.AsksOften;
import io.github.sockblame.it.scenario.fault.FirstMinute;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/**
 * What a report allocates in the program's heap: everything from the reading of the kernel to what JMX gets. Its network
 * has no rows of other tests, and no other test changes the kernel's tables during a reading, which would repeat it.
 */
@Tag("own-network")
class ReportMemoryIT {

    /** Before: 3,300 by JMX and by a file. */
    private static final int MOST = 650;

    /** The operation for plain JMX clients has to give one text: the bytes of the JSON, and once more as a text. */
    private static final int MOST_AS_TEXT = 2000;

    private static final int MOST_IN_FIRST_MINUTE = 8 << 20;

    @OnEveryJdk
    void aReportTakesFewBytesASocket(TargetJdk jdk) throws Exception {
        Path dumps = TestEnvironment.newFolder("dumps");
        try (TargetProcess target =
                TargetJvm.of(jdk, AsksOften.class).watched("dump.dir=" + dumps).start()) {
            target.awaitCheckpoint("done");
            String printed = target.printed();

            assertThat(bytes(printed, "reportParts")).isBetween(100, MOST);
            assertThat(bytes(printed, "writeReport")).isBetween(100, MOST);
            assertThat(bytes(printed, "reportJson")).isBetween(100, MOST_AS_TEXT);
        }
    }

    /** Garbage of the agent brings collections that the program would not have had. Before: about 40 MB. */
    @OnEveryJdk
    void theFirstMinuteTakesFewBytes(TargetJdk jdk) throws Exception {
        try (TargetProcess target =
                TargetJvm.of(jdk, FirstMinute.class).watched().start()) {
            target.awaitCheckpoint("done");
            System.out.println("FIRST MINUTE on " + jdk + ": " + bytes(target.printed(), "allocated") / 1024 + " KB");
            assertThat(bytes(target.printed(), "allocated")).isBetween(1 << 20, MOST_IN_FIRST_MINUTE);
        }
    }

    private static int bytes(String printed, String operation) {
        return printed.lines()
                .filter(line -> line.startsWith(operation + " "))
                .mapToInt(line -> Integer.parseInt(line.substring(operation.length() + 1)))
                .findFirst()
                .orElseThrow();
    }
}
