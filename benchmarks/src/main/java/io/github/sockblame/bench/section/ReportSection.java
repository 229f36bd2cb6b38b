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
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The agent's whole report by JMX over one bare reading of the kernel's tables of TCP sockets, in one JVM by turns. */
public final class ReportSection implements Section {

    private static final int[] SOCKETS = {100, 1000, 10_000, 19_000};

    private static final int[] QUICK_SOCKETS = {100, 19_000};

    @Override
    public String name() {
        return "report";
    }

    @Override
    public List<Row> run(BenchEnvironment benchEnvironment, Plan plan) throws IOException, InterruptedException {
        List<String> counts = new ArrayList<>();
        for (int sockets : plan.quick() ? QUICK_SOCKETS : SOCKETS) {
            counts.add(Integer.toString(benchEnvironment.sockets(sockets)));
        }
        List<Object> arguments = new ArrayList<>(List.of(plan.quick() ? 7 : 21, plan.quick() ? 6000 : 120_000));
        arguments.addAll(counts);
        Figures told =
                benchEnvironment.run(benchEnvironment.agent(), List.of("-Xmx1g"), "ReportLatency", arguments.toArray());
        List<Row> rows = new ArrayList<>();
        for (String count : counts) {
            boolean last = count.equals(counts.get(counts.size() - 1));
            rows.add(row(told, count, last ? BenchTarget.atMostTimes(1.3) : BenchTarget.none()));
        }
        String most = counts.get(counts.size() - 1) + ".";
        rows.add(Row.of(
                "longest pause of a thread of the program during reports, at most sockets",
                BenchTarget.none(" ms", 1),
                Sample.of(told.get(most + "pause.reports")),
                Text.number(told.get(most + "pause.tables"), 1) + " ms during bare readings"));
        rows.add(states(told, most));
        return rows;
    }

    private static Row row(Figures told, String sockets, BenchTarget benchTarget) {
        Sample tables = series(told, sockets + ".tables.millis.");
        Sample reports = series(told, sockets + ".report.millis.");
        return Row.of(
                "report of " + Text.number(Double.parseDouble(sockets), 0) + " sockets over a bare reading",
                benchTarget,
                reports.over(tables),
                Text.number(tables.median(), 1) + " -> " + Text.number(reports.median(), 1) + " ms, "
                        + Text.number(told.get(sockets + ".rows"), 0) + " rows");
    }

    private static Row states(Figures told, String sockets) {
        String what = "answer by states alone, each socket";
        if (!told.has(sockets + "states.micros.each.0")) {
            return Row.skipped(
                    what, "no attribute TrackedByState: every figure comes out of a whole reading (docs/jmx.md)");
        }
        Sample each = series(told, sockets + "states.micros.each.");
        return Row.of(what, BenchTarget.atMost(2, " us", 2), each, "by JMX, nothing below it");
    }

    /** As many rounds as there were. */
    private static Sample series(Figures told, String name) {
        Sample.Builder builder = new Sample.Builder();
        for (int i = 0; told.has(name + i); i++) {
            builder.add(told.get(name + i));
        }
        return builder.sample();
    }
}
