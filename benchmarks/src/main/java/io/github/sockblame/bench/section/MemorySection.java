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
import java.util.List;

/** Live heap for each connection that the agent tracks, as the same program has it without the agent subtracted. */
public final class MemorySection implements Section {

    private static final int STACKS = 200;

    /** So few that none is resolved before the heap is measured. */
    private static final int AT_ONCE = 2000;

    private static final int ALL = 19_000;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<Row> run(BenchEnvironment benchEnvironment, Plan plan) throws IOException, InterruptedException {
        int all = benchEnvironment.sockets(ALL);
        Variant agent = withoutAlerts(benchEnvironment.withEveryStack());
        Rounds told = benchEnvironment.alternate(
                plan,
                plan.quick() ? 1 : Math.min(3, plan.rounds()),
                List.of(Variant.NONE, agent),
                variant -> benchEnvironment.run(
                        variant, List.of("-Xmx1g", "-XX:+UseSerialGC"), "HeapPerConnection", STACKS, AT_ONCE, all));
        return List.of(
                row(
                        "heap, " + Text.number(all, 0) + " sockets of " + STACKS + " stacks, beyond the stacks",
                        BenchTarget.atMost(200, " B", 0),
                        told,
                        agent,
                        "bytes.each"),
                row(
                        "heap while unresolved, with the stacks (" + Text.number(AT_ONCE, 0) + " sockets)",
                        BenchTarget.atMost(1024, " B", 0),
                        told,
                        agent,
                        "bytes.at.once"));
    }

    /** So many sockets would raise one, and the sites of its report stay, which is nothing that each connection costs. */
    private static Variant withoutAlerts(Variant agent) {
        String argument = agent.jvmArguments().get(0);
        boolean hasOptions = argument.contains(".jar=");
        return new Variant(agent.name(), List.of(argument + (hasOptions ? "," : "=") + "alert=none"));
    }

    private static Row row(String what, BenchTarget benchTarget, Rounds told, Variant agent, String figure) {
        Sample floor = told.of(Variant.NONE, figure);
        Sample with = told.of(agent, figure);
        String beside = Text.number(floor.median(), 0) + " -> " + Text.number(with.median(), 0)
                + " B each, the JDK's own among them";
        return Row.of(what, benchTarget, with.minus(floor), beside);
    }
}
