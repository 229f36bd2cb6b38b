// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.section;

import io.github.sockblame.bench.harness.BenchEnvironment;
import io.github.sockblame.bench.harness.BenchTarget;
import io.github.sockblame.bench.harness.Plan;
import io.github.sockblame.bench.harness.Row;
import io.github.sockblame.bench.harness.Sample;
import io.github.sockblame.bench.harness.Section;
import io.github.sockblame.bench.harness.Text;
import io.github.sockblame.bench.harness.Variant;
import io.github.sockblame.bench.jmh.OpenCloseBenchmark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** JMH: one open and close in the agent against {@code new Throwable()} on a stack as deep. */
public final class HotPathSection implements Section {

    private static final String FLOOR = "throwable";
    private static final String NANOS = " ns";
    private static final String BYTES = " bytes";
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    @Override
    public String name() {
        return "hotpath";
    }

    @Override
    public List<Row> run(BenchEnvironment benchEnvironment, Plan plan) throws Exception {
        Map<String, Sample.Builder> told = new HashMap<>();
        for (int round = 0; round < (plan.quick() ? 2 : plan.rounds()); round++) {
            for (RunResult result : new Runner(options(benchEnvironment, plan).build()).run()) {
                String what = result.getParams().getBenchmark().replaceFirst(".*\\.", "")
                        + result.getParams().getParam("depth");
                add(told, what + NANOS, result.getPrimaryResult().getScore());
                add(told, what + BYTES, bytes(result));
            }
        }
        List<Row> rows = new ArrayList<>();
        for (String kind : List.of("streams", "channels")) {
            for (String depth : depths(plan)) {
                Sample floor = of(told, FLOOR + depth + NANOS);
                Sample with = of(told, kind + depth + NANOS);
                rows.add(Row.of(
                        "open + close in the agent, " + kind + ", depth " + depth,
                        BenchTarget.atMostTimes(1.3),
                        with.over(floor),
                        micros(floor) + " -> " + micros(with) + ", " + bytes(told, FLOOR + depth) + " -> "
                                + bytes(told, kind + depth) + " B"));
            }
        }
        return rows;
    }

    private static void add(Map<String, Sample.Builder> told, String what, double value) {
        told.computeIfAbsent(what, unused -> new Sample.Builder()).add(value);
    }

    private static Sample of(Map<String, Sample.Builder> told, String what) {
        Sample.Builder found = told.get(what);
        if (found == null) {
            throw new IllegalStateException("JMH did not print " + what + ", only " + told.keySet());
        }
        return found.sample();
    }

    private static String micros(Sample nanos) {
        return Text.number(nanos.median() / 1000, 2) + " us";
    }

    private static String bytes(Map<String, Sample.Builder> told, String what) {
        return Text.number(of(told, what + BYTES).median(), 0);
    }

    @SuppressWarnings("rawtypes") // JMH's own
    private static double bytes(RunResult result) {
        for (Map.Entry<String, Result> entry : result.getSecondaryResults().entrySet()) {
            if (entry.getKey().endsWith(ALLOCATED)) {
                return entry.getValue().getScore();
            }
        }
        throw new IllegalStateException("JMH did not print the allocation");
    }

    private static String[] depths(Plan plan) {
        return plan.quick() ? new String[] {"30"} : new String[] {"10", "30", "100"};
    }

    private static ChainedOptionsBuilder options(BenchEnvironment benchEnvironment, Plan plan)
            throws IOException, InterruptedException {
        String[] jvm = Stream.of(
                        benchEnvironment.withEveryStack().jvmArguments(),
                        Variant.STEADY,
                        List.of(
                                "--add-opens",
                                "java.base/java.io=ALL-UNNAMED",
                                "--add-opens",
                                "java.base/java.net=ALL-UNNAMED"))
                .flatMap(List::stream)
                .toArray(String[]::new);
        return new OptionsBuilder()
                .include(OpenCloseBenchmark.class.getName() + "\\.")
                .jvm(BenchEnvironment.java().toString())
                .jvmArgs(jvm)
                .param("depth", depths(plan))
                .forks(1) // a round; the next one begins anew
                .warmupIterations(plan.quick() ? 4 : 5)
                .warmupTime(TimeValue.milliseconds(plan.quick() ? 500 : 1000))
                .measurementIterations(plan.quick() ? 3 : 5)
                .measurementTime(TimeValue.milliseconds(plan.quick() ? 300 : 1000))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .output(benchEnvironment.work().resolve("jmh.txt").toString());
    }
}
