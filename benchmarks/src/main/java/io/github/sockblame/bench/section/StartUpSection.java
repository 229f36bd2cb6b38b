// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.section;

import io.github.sockblame.bench.agent.NoopAgent;
import io.github.sockblame.bench.agent.SingleAdviceAgent;
import io.github.sockblame.bench.harness.BenchEnvironment;
import io.github.sockblame.bench.harness.BenchJvm;
import io.github.sockblame.bench.harness.BenchTarget;
import io.github.sockblame.bench.harness.ClassFiles;
import io.github.sockblame.bench.harness.Figures;
import io.github.sockblame.bench.harness.Plan;
import io.github.sockblame.bench.harness.Rounds;
import io.github.sockblame.bench.harness.Row;
import io.github.sockblame.bench.harness.Sample;
import io.github.sockblame.bench.harness.Section;
import io.github.sockblame.bench.harness.Text;
import io.github.sockblame.bench.harness.Variant;
import io.github.sockblame.bench.program.Hello;
import io.github.sockblame.bench.program.OneConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Processor time of whole programs that end at once, without an agent, with one that does nothing, with one that is an {@code AgentBuilder} and an
 * advice, with JaCoCo's and with ours; and the classes that are loaded.
 */
public final class StartUpSection implements Section {

    private static final String JACOCO = "org.jacoco:org.jacoco.agent:0.8.15:jar:runtime";
    private static final String CPU = "cpu.millis";

    private static final Variant NO_AGENT = Variant.NONE;

    @Override
    public String name() {
        return "startup";
    }

    @Override
    public List<Row> run(BenchEnvironment benchEnvironment, Plan plan) throws IOException, InterruptedException {
        Path nothing = ClassFiles.agentJar(
                benchEnvironment.work().resolve("nothing.jar"), List.of(NoopAgent.class), List.of());
        Path builder = ClassFiles.agentJar(
                benchEnvironment.work().resolve("one-advice.jar"),
                List.of(SingleAdviceAgent.class, classNamed(SingleAdviceAgent.class.getName() + "$Empty")),
                List.of(benchEnvironment.library("byte-buddy-")));
        Variant noOp = new Variant("empty agent", List.of("-javaagent:" + nothing));
        Variant agentBuilder = new Variant("AgentBuilder", List.of("-javaagent:" + builder));
        List<Variant> variants = new ArrayList<>(List.of(NO_AGENT, noOp, benchEnvironment.agent(), agentBuilder));
        Path jacoco = benchEnvironment.fetched(JACOCO);
        if (jacoco != null) {
            variants.add(new Variant(
                    "JaCoCo",
                    List.of("-javaagent:" + jacoco + "=output=none,destfile="
                            + benchEnvironment.work().resolve("jacoco.exec"))));
        }
        Path programs = ClassFiles.folder(
                Files.createDirectories(benchEnvironment.work().resolve("programs")),
                List.of(Hello.class, OneConnection.class));
        List<Row> rows = new ArrayList<>();
        rows.addAll(of(benchEnvironment, plan, variants, programs, Hello.class, noOp, BenchTarget.atMostTimes(1.3)));
        rows.add(byteBuddy(benchEnvironment, programs));
        rows.addAll(of(
                benchEnvironment,
                plan,
                variants,
                programs,
                OneConnection.class,
                agentBuilder,
                BenchTarget.atMostTimes(0.5)));
        if (jacoco == null) {
            rows.add(Row.skipped("start-up with JaCoCo", JACOCO + " cannot be fetched"));
        }
        return rows;
    }

    private static Class<?> classNamed(String name) {
        try {
            return Class.forName(name, false, StartUpSection.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Row> of(
            BenchEnvironment benchEnvironment,
            Plan plan,
            List<Variant> variants,
            Path programs,
            Class<?> program,
            Variant yardstick,
            BenchTarget benchTarget)
            throws IOException, InterruptedException {
        for (Variant variant : variants) {
            Figures unused = once(benchEnvironment, variant, programs, program); // reads the files into memory
        }
        Rounds told = benchEnvironment.alternate(
                plan,
                plan.quick() ? 5 : Math.max(11, plan.rounds()),
                variants,
                variant -> once(benchEnvironment, variant, programs, program));
        Sample none = told.of(NO_AGENT, CPU);
        double unit = told.of(yardstick, CPU).median() - none.median();
        int classes = classes(benchEnvironment, NO_AGENT, programs, program).size();
        List<Row> rows = new ArrayList<>();
        for (Variant variant : variants.subList(1, variants.size())) {
            if (variant.equals(yardstick)) {
                continue;
            }
            double added = told.of(variant, CPU).median() - none.median();
            int more = classes(benchEnvironment, variant, programs, program).size() - classes;
            // one JVM's start varies more than agents differ: the medians are compared, and the spread is against the
            // medians
            Sample ratios = told.of(variant, CPU)
                    .minus(constant(none.median(), none.size()))
                    .times(1 / unit);
            String beside = Text.number(none.median(), 0) + " ms, adds " + Text.number(unit, 0) + " -> "
                    + Text.number(added, 0) + " ms, " + Text.number(more, 0) + " classes";
            rows.add(Row.of(
                    "start-up, " + program.getSimpleName() + ": added by " + variant.name() + ", over "
                            + yardstick.name(),
                    variant.equals(benchEnvironment.agent()) ? benchTarget : BenchTarget.none(),
                    ratios,
                    beside));
        }
        return rows;
    }

    private static Sample constant(double value, int size) {
        double[] values = new double[size];
        Arrays.fill(values, value);
        return Sample.of(values);
    }

    private static Row byteBuddy(BenchEnvironment benchEnvironment, Path programs)
            throws IOException, InterruptedException {
        double loaded = classes(benchEnvironment, benchEnvironment.agent(), programs, Hello.class).stream()
                .filter(line -> line.contains("bytebuddy"))
                .count();
        return Row.of(
                "start-up, Hello: classes of Byte Buddy loaded",
                BenchTarget.atMost(0, "", 0),
                Sample.of(loaded),
                "counted once");
    }

    /** Processor time of the whole process, user and system. */
    private static Figures once(BenchEnvironment benchEnvironment, Variant variant, Path programs, Class<?> program)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "bash",
                "-c",
                "TIMEFORMAT='%3U %3S'; time \"$0\" \"$@\" >/dev/null 2>&1",
                BenchEnvironment.java().toString()));
        command.addAll(variant.jvmArguments());
        command.addAll(List.of("-cp", programs.toString(), program.getName()));
        try (BenchJvm benchJvm = benchEnvironment.start(command)) {
            List<String> unused = benchJvm.finish();
            String[] times = benchJvm.complaints().strip().split(" ", 2);
            return Figures.of(Map.of(CPU, 1000 * (Double.parseDouble(times[0]) + Double.parseDouble(times[1]))));
        }
    }

    /** A line for each class that is loaded. */
    private static List<String> classes(
            BenchEnvironment benchEnvironment, Variant variant, Path programs, Class<?> program)
            throws IOException, InterruptedException {
        Path file = benchEnvironment.work().resolve("classes.txt");
        List<String> command = new ArrayList<>(List.of(BenchEnvironment.java().toString()));
        command.addAll(variant.jvmArguments());
        command.addAll(List.of(
                "-Xlog:class+load:file=" + file + ":none:filesize=0", "-cp", programs.toString(), program.getName()));
        try (BenchJvm benchJvm = benchEnvironment.start(command)) {
            List<String> unused = benchJvm.finish();
        }
        return Files.readAllLines(file);
    }
}
