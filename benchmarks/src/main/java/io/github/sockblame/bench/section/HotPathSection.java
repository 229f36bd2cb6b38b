// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.section;

import io.github.sockblame.bench.harness.Lab;
import io.github.sockblame.bench.harness.Plan;
import io.github.sockblame.bench.harness.Row;
import io.github.sockblame.bench.harness.Sample;
import io.github.sockblame.bench.harness.Section;
import io.github.sockblame.bench.harness.Target;
import io.github.sockblame.bench.harness.Text;
import io.github.sockblame.bench.jmh.OpenCloseBenchmark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** JMH: one open and close in the agent against {@code new Throwable()} on a stack as deep. */
public final class HotPathSection implements Section {

    private static final String FLOOR = "throwable";
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    @Override
    public String name() {
        return "hotpath";
    }

    /** What JMH said of one method at one depth, fork by fork. */
    private record Told(Sample nanos, double bytes) {}

    @Override
    public List<Row> run(Lab lab, Plan plan) throws Exception {
        Map<String, Told> told = new HashMap<>();
        for (RunResult result : new Runner(options(lab, plan).build()).run()) {
            String method = result.getParams().getBenchmark().replaceFirst(".*\\.", "");
            told.put(method + result.getParams().getParam("depth"), told(result));
        }
        List<Row> rows = new ArrayList<>();
        for (String kind : List.of("streams", "channels")) {
            for (String depth : depths(plan)) {
                Told floor = of(told, FLOOR + depth);
                Told with = of(told, kind + depth);
                rows.add(Row.of(
                        "open + close in the agent, " + kind + ", depth " + depth,
                        Target.atMostTimes(1.3),
                        with.nanos.times(1 / floor.nanos.median()),
                        nanos(floor) + " -> " + nanos(with) + ", " + Text.number(floor.bytes, 0) + " -> "
                                + Text.number(with.bytes, 0) + " B"));
            }
        }
        return rows;
    }

    private static String[] depths(Plan plan) {
        return plan.quick() ? new String[] {"30"} : new String[] {"10", "30", "100"};
    }

    private static ChainedOptionsBuilder options(Lab lab, Plan plan) throws IOException, InterruptedException {
        String[] jvm = Stream.of(
                        lab.withEveryStack().jvmArguments(),
                        List.of(
                                "-Xmx512m",
                                "--add-opens",
                                "java.base/java.io=ALL-UNNAMED",
                                "--add-opens",
                                "java.base/java.net=ALL-UNNAMED"))
                .flatMap(List::stream)
                .toArray(String[]::new);
        return new OptionsBuilder()
                .include(OpenCloseBenchmark.class.getName() + "\\.")
                .jvm(Lab.java().toString())
                .jvmArgs(jvm)
                .param("depth", depths(plan))
                .forks(plan.quick() ? 1 : 3)
                .warmupIterations(5)
                .warmupTime(TimeValue.milliseconds(plan.quick() ? 700 : 1000))
                .measurementIterations(plan.quick() ? 3 : 5)
                .measurementTime(TimeValue.milliseconds(plan.quick() ? 300 : 1000))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .output(lab.work().resolve("jmh.txt").toString());
    }

    @SuppressWarnings("rawtypes") // JMH's own
    private static Told told(RunResult result) {
        Sample.Builder iterations = new Sample.Builder();
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                iterations.add(iteration.getPrimaryResult().getScore());
            }
        }
        double bytes = Double.NaN;
        for (Map.Entry<String, Result> entry : result.getSecondaryResults().entrySet()) {
            if (entry.getKey().endsWith(ALLOCATED)) {
                bytes = entry.getValue().getScore();
            }
        }
        return new Told(iterations.sample(), bytes);
    }

    private static Told of(Map<String, Told> told, String key) {
        Told found = told.get(key);
        if (found == null) {
            throw new IllegalStateException("JMH did not tell " + key + ", only " + told.keySet());
        }
        return found;
    }

    private static String nanos(Told told) {
        return Text.number(told.nanos.median() / 1000, 2) + " us";
    }
}
