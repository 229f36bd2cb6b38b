// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.alert.AlertMonitor;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.culprit.CulpritFinders;
import io.github.sockblame.agent.file.ReserveDescriptors;
import io.github.sockblame.agent.kernel.FakeProc;
import io.github.sockblame.agent.kernel.proc.ThreadCpuTime;
import io.github.sockblame.agent.options.AgentOptions;
import io.github.sockblame.agent.program.ProgramScanners;
import io.github.sockblame.agent.reporting.ProgramInfo;
import io.github.sockblame.agent.reporting.ProgramInfos;
import io.github.sockblame.agent.request.FileRequestRule;
import io.github.sockblame.agent.service.FixedReportService;
import io.github.sockblame.agent.watch.BackgroundTask;
import io.github.sockblame.agent.watch.Watch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimePreparationTest {

    @Test
    void readsTheListsAndTheStartOfTheProcess(@TempDir Path folder) {
        CulpritFinder culprits = CulpritFinder.of(List.of(), List.of());
        ProgramInfo programInfo = new ProgramInfo("1.2.3", 1_000, false);
        FixedReportService reports = new FixedReportService();
        Watch watch = Watch.start(BackgroundTask.NONE);
        try {
            RuntimePreparation preparation = new RuntimePreparation(
                    AgentOptions.builder().answersFileRequests(false).build(),
                    programInfo,
                    culprits,
                    ProgramScanners.withoutClasses(culprits),
                    FakeProc.complete(folder).procFs(),
                    new ThreadCpuTime(folder),
                    new ReserveDescriptors(0),
                    reports,
                    new AlertMonitor(List.of(), reports, null),
                    null,
                    watch,
                    new FileRequestRule(false, List::of));
            assertThat(CulpritFinders.hasLists(culprits))
                    .as("not on the thread of the program")
                    .isFalse();
            assertThat(ProgramInfos.isRead(programInfo)).isFalse();

            preparation.run();

            assertThat(CulpritFinders.hasLists(culprits)).isTrue();
            assertThat(ProgramInfos.isRead(programInfo)).isTrue();
        } finally {
            assertThat(watch.stop(() -> {})).isTrue();
        }
    }
}
