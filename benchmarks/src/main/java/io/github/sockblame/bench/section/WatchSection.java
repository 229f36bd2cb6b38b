// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.section;

import io.github.sockblame.bench.harness.BenchEnvironment;
import io.github.sockblame.bench.harness.BenchTarget;
import io.github.sockblame.bench.harness.Figures;
import io.github.sockblame.bench.harness.Plan;
import io.github.sockblame.bench.harness.Row;
import io.github.sockblame.bench.harness.Sample;
import io.github.sockblame.bench.harness.Section;
import io.github.sockblame.bench.harness.Text;
import io.github.sockblame.bench.harness.Variant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the agent's one thread takes of a core while the program holds sockets and rests. */
public final class WatchSection implements Section {

    private static final int[] SOCKETS = {100, 10_000, 19_000};

    /** A whole reading comes every 30 rounds, and the first rounds load classes. */
    private static final int WARM_UP_SECONDS = 40;

    private static final int SECONDS = 120;

    @Override
    public String name() {
        return "watch";
    }

    @Override
    public List<Row> run(BenchEnvironment benchEnvironment, Plan plan) throws IOException, InterruptedException {
        if (plan.quick()) {
            return List.of(Row.skipped("watch thread, share of a core", "takes eight minutes: make bench has it"));
        }
        List<Row> rows = new ArrayList<>();
        for (int wanted : SOCKETS) {
            int sockets = benchEnvironment.sockets(wanted);
            Figures told = benchEnvironment.run(
                    benchEnvironment.agent(), Variant.STEADY, "WatchShare", sockets, WARM_UP_SECONDS, SECONDS);
            rows.add(Row.of(
                    "watch thread, share of a core at " + Text.number(sockets, 0) + " sockets",
                    BenchTarget.atMost(0.5, "%", 2),
                    Sample.of(told.get("watch.percent")),
                    Text.number(told.get("all.percent"), 2) + "% all threads"));
        }
        return rows;
    }
}
