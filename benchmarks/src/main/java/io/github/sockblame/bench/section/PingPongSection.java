// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.section;

import io.github.sockblame.bench.harness.BenchEnvironment;
import io.github.sockblame.bench.harness.BenchTarget;
import io.github.sockblame.bench.harness.Plan;
import io.github.sockblame.bench.harness.Rounds;
import io.github.sockblame.bench.harness.Row;
import io.github.sockblame.bench.harness.Sample;
import io.github.sockblame.bench.harness.Section;
import io.github.sockblame.bench.harness.Text;
import io.github.sockblame.bench.harness.Variant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes on an established connection, which the agent must not slow: the confidence interval over the rounds decides. */
public final class PingPongSection implements Section {

    private static final int LEAST_ROUNDS = 5;

    @Override
    public String name() {
        return "pingpong";
    }

    @Override
    public List<Row> run(BenchEnvironment benchEnvironment, Plan plan) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        for (String kind : List.of("streams", "channels")) {
            Rounds told = benchEnvironment.alternate(
                    plan,
                    plan.quick() ? Math.max(LEAST_ROUNDS, plan.rounds()) : 3 * plan.rounds(),
                    List.of(Variant.NONE, benchEnvironment.agent()),
                    variant -> benchEnvironment.run(
                            variant,
                            Variant.STEADY,
                            "PingPong",
                            kind,
                            plan.quick() ? plan.millis() / 2 : plan.millis()));
            Sample floor = told.of(Variant.NONE, "cpu.micros");
            Sample cpu = told.of(benchEnvironment.agent(), "cpu.micros");
            String beside =
                    Text.number(floor.median(), 2) + " -> " + Text.number(cpu.median(), 2) + " us CPU, to and fro";
            rows.add(Row.ofConfidence(
                    "ping-pong of 1 byte, " + kind, BenchTarget.atMostTimes(1.01), cpu.over(floor), beside));
        }
        return rows;
    }
}
