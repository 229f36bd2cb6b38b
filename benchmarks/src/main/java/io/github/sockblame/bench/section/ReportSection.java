// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.section;

import io.github.sockblame.bench.harness.Figures;
import io.github.sockblame.bench.harness.Lab;
import io.github.sockblame.bench.harness.Plan;
import io.github.sockblame.bench.harness.Row;
import io.github.sockblame.bench.harness.Sample;
import io.github.sockblame.bench.harness.Section;
import io.github.sockblame.bench.harness.Target;
import io.github.sockblame.bench.harness.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The agent's whole report by JMX over one bare reading of the kernel's tables of TCP sockets, in one JVM by turns. */
public final class ReportSection implements Section {

    private static final int[] SOCKETS = {100, 1000, 10_000, 19_000};

    @Override
    public String name() {
        return "report";
    }

    @Override
    public List<Row> run(Lab lab, Plan plan) throws IOException, InterruptedException {
        int rounds = plan.quick() ? 7 : 21;
        List<Object> arguments = new ArrayList<>(List.of(rounds));
        for (int sockets : SOCKETS) {
            arguments.add(lab.sockets(sockets));
        }
        Figures told = lab.run(lab.agent(), List.of("-Xmx1g"), "ReportLatency", arguments.toArray());
        List<Row> rows = new ArrayList<>();
        for (Object argument : arguments.subList(1, arguments.size())) {
            boolean last = argument.equals(arguments.get(arguments.size() - 1));
            rows.add(row(told, rounds, argument + ".", last ? Target.atMostTimes(1.3) : Target.none()));
        }
        String most = arguments.get(arguments.size() - 1) + ".";
        rows.add(Row.of(
                "longest pause of a thread of the program during reports, at most sockets",
                Target.none(" ms", 1),
                Sample.of(told.get(most + "pause.reports")),
                Text.number(told.get(most + "pause.tables"), 1) + " ms during bare readings"));
        rows.add(states(told, rounds, most));
        return rows;
    }

    private static Row row(Figures told, int rounds, String sockets, Target target) {
        Sample tables = series(told, rounds, sockets + "tables.millis.");
        Sample reports = series(told, rounds, sockets + "report.millis.");
        String count = Text.number(Double.parseDouble(sockets.substring(0, sockets.length() - 1)), 0);
        return Row.of(
                "report of " + count + " sockets over a bare reading",
                target,
                reports.over(tables),
                Text.number(tables.median(), 1) + " -> " + Text.number(reports.median(), 1) + " ms, "
                        + Text.number(told.get(sockets + "rows"), 0) + " rows");
    }

    private static Row states(Figures told, int rounds, String sockets) {
        String what = "answer by states alone, each socket";
        if (!told.has(sockets + "states.micros.each.0")) {
            return Row.skipped(what, "no attribute States: every figure comes out of a whole reading (docs/jmx.md)");
        }
        Sample each = series(told, rounds, sockets + "states.micros.each.");
        return Row.of(what, Target.atMost(2, " us", 2), each, "by JMX, nothing below it");
    }

    private static Sample series(Figures told, int rounds, String name) {
        Sample.Builder builder = new Sample.Builder();
        for (int i = 0; i < rounds; i++) {
            builder.add(told.get(name + i));
        }
        return builder.sample();
    }
}
