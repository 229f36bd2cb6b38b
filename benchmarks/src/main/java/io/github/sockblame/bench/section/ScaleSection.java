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

/**
 * The churn of streams by more threads, and beside more sockets that stay open. What the agent adds must not grow: each ratio is printed, and
 * its multiple of that of one thread with ten sockets held.
 */
public final class ScaleSection implements Section {

    /** What is still called flat, above the spread of a quiet machine. */
    private static final BenchTarget FLAT = BenchTarget.atMostTimes(1.10);

    private static final int FEW = 10;
    private static final int MANY = 19_000;

    @Override
    public String name() {
        return "scale";
    }

    private record Point(int threads, int held) {}

    @Override
    public List<Row> run(BenchEnvironment benchEnvironment, Plan plan) throws IOException, InterruptedException {
        int many = benchEnvironment.sockets(MANY);
        Variant agent = benchEnvironment.withEveryStack();
        List<Point> points = plan.quick()
                ? List.of(new Point(1, FEW), new Point(16, FEW), new Point(1, many))
                : List.of(
                        new Point(1, FEW),
                        new Point(4, FEW),
                        new Point(16, FEW),
                        new Point(64, FEW),
                        new Point(1, many),
                        new Point(64, many));
        int rounds = plan.quick() ? 1 : plan.rounds();
        List<Row> rows = new ArrayList<>();
        double first = Double.NaN;
        for (Point point : points) {
            Rounds told = benchEnvironment.alternate(
                    plan,
                    rounds,
                    List.of(Variant.NONE, agent),
                    variant ->
                            ChurnSection.churn(benchEnvironment, plan, variant, "streams", point.threads, point.held));
            Sample floor = told.of(Variant.NONE, "cpu.micros");
            Sample cpu = told.of(agent, "cpu.micros");
            Sample ratio = cpu.over(floor);
            String what = "scale: " + point.threads + (point.threads == 1 ? " thread, " : " threads, ")
                    + Text.number(point.held, 0) + " held";
            String beside = ChurnSection.micros(floor) + " -> " + ChurnSection.micros(cpu) + " CPU/conn";
            if (Double.isNaN(first)) {
                first = ratio.median();
                rows.add(Row.of(what + ": over no agent", BenchTarget.none(), ratio, beside));
            } else {
                String over = Text.number(ratio.median(), 2) + "x of no agent, " + beside;
                rows.add(Row.of(what + ": ratio over that of the first", FLAT, ratio.times(1 / first), over));
            }
        }
        return rows;
    }
}
