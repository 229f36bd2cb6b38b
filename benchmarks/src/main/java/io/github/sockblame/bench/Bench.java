// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench;

import io.github.sockblame.bench.harness.BenchEnvironment;
import io.github.sockblame.bench.harness.Outcome;
import io.github.sockblame.bench.harness.Plan;
import io.github.sockblame.bench.harness.Row;
import io.github.sockblame.bench.harness.Section;
import io.github.sockblame.bench.harness.Table;
import io.github.sockblame.bench.section.ChurnSection;
import io.github.sockblame.bench.section.HotPathSection;
import io.github.sockblame.bench.section.MemorySection;
import io.github.sockblame.bench.section.PingPongSection;
import io.github.sockblame.bench.section.ReportSection;
import io.github.sockblame.bench.section.ScaleSection;
import io.github.sockblame.bench.section.ServerSection;
import io.github.sockblame.bench.section.StartUpSection;
import io.github.sockblame.bench.section.WatchSection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs the sections and prints one table.
 *
 * <p>Arguments: {@code --quick}, {@code --rounds=N}, {@code --seconds=S}, {@code --peer=JAR of file-leak-detector}, and the names of sections; without names, all.
 */
public final class Bench {

    private static final List<Section> SECTIONS = List.of(
            new ReportSection(),
            new MemorySection(),
            new StartUpSection(),
            new HotPathSection(),
            new PingPongSection(),
            new ChurnSection(),
            new ScaleSection(),
            new ServerSection(),
            new WatchSection());

    /** After that no section of a quick run begins, so that it stays below five minutes on a busy machine too. */
    private static final int LAST_BEGINNING_SECONDS = 240;

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        List<String> chosen = new ArrayList<>();
        Plan plan = Plan.FULL;
        Path peer = null;
        for (String argument : arguments) {
            if (argument.equals("--quick")) {
                plan = Plan.QUICK;
            } else if (argument.startsWith("--rounds=")) {
                plan = new Plan(plan.quick(), Integer.parseInt(value(argument)), plan.seconds(), plan.patience());
            } else if (argument.startsWith("--seconds=")) {
                plan = new Plan(plan.quick(), plan.rounds(), Double.parseDouble(value(argument)), plan.patience());
            } else if (argument.startsWith("--peer=")) {
                peer = Path.of(value(argument)).toAbsolutePath();
            } else if (SECTIONS.stream().anyMatch(section -> section.name().equals(argument))) {
                chosen.add(argument);
            } else {
                System.err.println("not understood: " + argument + "; sections are "
                        + SECTIONS.stream().map(Section::name).toList());
                System.exit(2);
            }
        }
        System.exit(run(new BenchEnvironment(Path.of(""), peer), plan, chosen) ? 0 : 1);
    }

    private static String value(String argument) {
        return argument.substring(argument.indexOf('=') + 1);
    }

    /** Whether every section came to its end; a missed target is a result like any other. */
    private static boolean run(BenchEnvironment benchEnvironment, Plan plan, List<String> chosen) throws Exception {
        long begun = System.nanoTime();
        List<Row> rows = new ArrayList<>();
        for (Section section : SECTIONS) {
            if (!chosen.isEmpty() && !chosen.contains(section.name())) {
                continue;
            }
            if (plan.quick() && secondsSince(begun) > LAST_BEGINNING_SECONDS) {
                rows.add(Row.skipped(section.name(), "no time left: the machine is busy"));
                continue;
            }
            long sectionBegun = System.nanoTime();
            benchEnvironment.tell(section.name() + " ...");
            try {
                rows.addAll(section.run(benchEnvironment, plan));
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                benchEnvironment.tell(section.name() + " failed: " + e);
                rows.add(Row.failed(section.name(), firstLine(e)));
            }
            benchEnvironment.tell(section.name() + ": " + secondsSince(sectionBegun) + " s");
        }
        System.out.println(System.getProperty("java.runtime.name") + " " + System.getProperty("java.runtime.version")
                + ", " + Runtime.getRuntime().availableProcessors() + " processors, " + (plan.quick() ? "quick, " : "")
                + secondsSince(begun) + " s in all. Ratios are the result, seconds this machine's.");
        System.out.println();
        Table.lines(rows).forEach(System.out::println);
        return rows.stream().noneMatch(row -> row.outcome() == Outcome.FAILED);
    }

    private static String firstLine(Exception e) {
        return Arrays.stream(e.toString().split("\n", 2)).findFirst().orElse("");
    }

    private static long secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000_000;
    }
}
