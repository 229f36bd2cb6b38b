// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where everything is that a section needs: the JDK, the agent's jar, the programs, a folder for what is made on the way. */
public final class BenchEnvironment {

    private static final String PROGRAMS = "io.github.sockblame.bench.program.";

    /** Raises the soft limit of descriptors to the hard one. */
    private static final String ALL_DESCRIPTORS = "ulimit -n \"$(ulimit -Hn)\"; exec \"$0\" \"$@\"";

    private static final String EVERY_STACK = "capture.budget=100%";

    private final Path root;
    private final Path work;
    private final Path agent;
    private final @Nullable Path peer;
    private @Nullable Boolean hasBudget;
    private int forks;

    /**
     * A lab in a checkout that is built.
     *
     * @param root the project's folder
     * @param peer a jar of file-leak-detector; null to take that of Maven Central
     */
    public BenchEnvironment(Path root, @Nullable Path peer) throws IOException {
        this.peer = peer;
        this.root = root.toAbsolutePath().normalize();
        this.agent = this.root.resolve("agent/target/sockblame-agent.jar");
        if (!Files.isRegularFile(agent)) {
            throw new IOException("no " + agent + ": run 'make bench-build' first");
        }
        this.work = Files.createDirectories(this.root.resolve("benchmarks/target/work"));
    }

    /** The jar of the closest relative that the user has; null if none. */
    public @Nullable Path peer() {
        return peer;
    }

    /** The folder for what is made on the way. */
    public Path work() {
        return work;
    }

    /** The runner's own JDK runs everything. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** A line on what is done now; the table goes to standard output, this does not. */
    public void tell(String line) {
        System.err.println(line);
    }

    /** The agent with its default options. */
    public Variant agent() {
        return new Variant("agent", List.of("-javaagent:" + agent));
    }

    /** The agent with a stack for every connection; null if it has no budget, because it then takes every stack by default. */
    public @Nullable Variant everyStack() throws IOException, InterruptedException {
        if (hasBudget == null) {
            List<String> command = List.of(java().toString(), "-javaagent:" + agent + "=" + EVERY_STACK, "-version");
            try (BenchJvm benchJvm = start(command)) {
                List<String> unused = benchJvm.finish();
                hasBudget = !benchJvm.complaints().contains("capture.budget");
            }
        }
        return hasBudget ? new Variant("every stack", List.of("-javaagent:" + agent + "=" + EVERY_STACK)) : null;
    }

    /** The agent with a stack for every connection, independent of its default, for the cost of one stack. */
    public Variant withEveryStack() throws IOException, InterruptedException {
        Variant asked = everyStack();
        return asked == null ? agent() : asked;
    }

    /** The compiled classes: the programs need no more, unless they are servers. */
    public Path classes() {
        return root.resolve("benchmarks/target/classes");
    }

    /** All that the servers need. */
    public String classPathOfServers() {
        return classes() + ":" + root.resolve("benchmarks/target/lib") + "/*";
    }

    /** The library whose file name begins so. */
    public Path library(String beginning) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("benchmarks/target/lib"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(beginning))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no " + beginning + "* in benchmarks/target/lib"));
        }
    }

    /**
     * A jar from Maven Central, fetched if it is not here; null if that does not succeed; the table then prints why.
     *
     * @param coordinates {@code group:artifact:version:jar:classifier}
     */
    public @Nullable Path fetched(String coordinates) throws IOException, InterruptedException {
        String[] parts = coordinates.split(":", -1);
        Path jars = work.resolve("fetched");
        Path jar = jars.resolve(parts[1] + "-" + parts[2] + "-" + parts[4] + "." + parts[3]);
        if (Files.isRegularFile(jar)) {
            return jar;
        }
        List<String> command = List.of(
                "mvn",
                "-B",
                "-q",
                "-N",
                "-f",
                root.resolve("pom.xml").toString(),
                "dependency:copy",
                "-Dartifact=" + coordinates,
                "-DoutputDirectory=" + jars);
        try (BenchJvm benchJvm = start(command)) {
            List<String> unused = benchJvm.finish();
        } catch (IOException e) {
            tell("cannot fetch " + coordinates + ": " + e.getMessage());
        }
        return Files.isRegularFile(jar) ? jar : null;
    }

    /** The command of a program in a JVM of its own, with all descriptors that the machine gives. */
    public List<String> command(Variant variant, List<String> jvmArguments, String classPath, String program) {
        List<String> command = new ArrayList<>(List.of("bash", "-c", ALL_DESCRIPTORS, java().toString()));
        command.addAll(variant.jvmArguments());
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", classPath, PROGRAMS + program));
        return command;
    }

    /** Starts a command. */
    public BenchJvm start(List<String> command) throws IOException {
        forks++;
        return new BenchJvm(command, work.resolve("stderr-" + forks % 64));
    }

    /** Runs a program until it ends by itself. */
    public Figures run(Variant variant, List<String> jvmArguments, String program, Object... arguments)
            throws IOException, InterruptedException {
        List<String> command = command(variant, jvmArguments, classes().toString(), program);
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        try (BenchJvm benchJvm = start(command)) {
            return Figures.printed(benchJvm.finish());
        }
    }

    /** What is run once in each round. */
    @FunctionalInterface
    public interface Run {
        Figures of(Variant variant) throws IOException, InterruptedException;
    }

    /**
     * Runs all variants in every round, one after the other, so that a machine whose speed drifts is the same for all; every other round
     * backwards, so that no variant is always the one after another.
     *
     * @param rounds the largest number
     */
    public Rounds alternate(Plan plan, int rounds, List<Variant> variants, Run run)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Map<String, List<Figures>> told = new LinkedHashMap<>();
        variants.forEach(variant -> told.put(variant.name(), new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            if (round > 0 && System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(plan.patience())) {
                break;
            }
            for (int i = 0; i < variants.size(); i++) {
                Variant variant = variants.get(round % 2 == 0 ? i : variants.size() - 1 - i);
                Optional.ofNullable(told.get(variant.name())).orElseThrow().add(run.of(variant));
            }
        }
        return new Rounds(told);
    }

    /** How many sockets one JVM can hold open beside what it needs itself. */
    public int sockets(int wanted) throws IOException, InterruptedException {
        try (BenchJvm benchJvm = start(List.of("bash", "-c", "ulimit -Hn"))) {
            String limit = benchJvm.finish().get(0);
            int most = limit.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(limit) - 900;
            if (most < wanted) {
                tell("the hard limit of descriptors is " + limit + ": " + most + " sockets instead of " + wanted);
            }
            return Math.min(wanted, most);
        }
    }
}
