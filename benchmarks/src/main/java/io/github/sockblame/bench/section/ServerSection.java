// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.section;

import static java.util.Objects.requireNonNull;

import io.github.sockblame.bench.harness.BenchEnvironment;
import io.github.sockblame.bench.harness.BenchJvm;
import io.github.sockblame.bench.harness.BenchTarget;
import io.github.sockblame.bench.harness.Figures;
import io.github.sockblame.bench.harness.Plan;
import io.github.sockblame.bench.harness.Rounds;
import io.github.sockblame.bench.harness.Row;
import io.github.sockblame.bench.harness.Sample;
import io.github.sockblame.bench.harness.Section;
import io.github.sockblame.bench.harness.Text;
import io.github.sockblame.bench.harness.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many requests a second a real server answers under {@code wrk}, whose connections stay open or are closed after each answer. */
public final class ServerSection implements Section {

    private static final String KEEP_ALIVE = "keep-alive";
    private static final String CLOSE = "Connection: close";
    private static final String RATE = " rate";
    private static final String CPU = " cpu";

    @Override
    public String name() {
        return "servers";
    }

    private record Server(String name, String program, String argument) {}

    @Override
    public List<Row> run(BenchEnvironment benchEnvironment, Plan plan) throws IOException, InterruptedException {
        if (!hasWrk(benchEnvironment)) {
            return List.of(Row.skipped("servers", "no wrk here: apt-get install wrk"));
        }
        Path folder = Files.createDirectories(benchEnvironment.work().resolve("tomcat"));
        List<Server> servers = new ArrayList<>();
        servers.add(new Server("Tomcat", "TomcatServer", folder.toString()));
        servers.add(new Server("Netty, NIO", "NettyServer", "nio"));
        if (!plan.quick()) {
            servers.add(new Server("Netty, epoll", "NettyServer", "epoll"));
        }
        List<Row> rows = new ArrayList<>();
        for (Server server : servers) {
            Rounds told = benchEnvironment.alternate(
                    plan,
                    plan.quick() ? Math.max(1, plan.rounds() - 1) : plan.rounds(),
                    List.of(Variant.NONE, benchEnvironment.agent()),
                    variant -> serve(benchEnvironment, plan, server, variant));
            rows.add(row(benchEnvironment, server, told, KEEP_ALIVE, BenchTarget.atLeastTimes(0.99)));
            rows.add(row(benchEnvironment, server, told, CLOSE, BenchTarget.atLeastTimes(0.96)));
        }
        return rows;
    }

    private static Row row(
            BenchEnvironment benchEnvironment, Server server, Rounds told, String how, BenchTarget benchTarget) {
        Sample floor = told.of(Variant.NONE, how + RATE);
        Sample with = told.of(benchEnvironment.agent(), how + RATE);
        String beside = Text.number(floor.median(), 0) + " -> " + Text.number(with.median(), 0) + " requests/s, "
                + Text.number(told.of(Variant.NONE, how + CPU).median(), 0) + " -> "
                + Text.number(told.of(benchEnvironment.agent(), how + CPU).median(), 0) + " us CPU each";
        return Row.of(server.name + ", " + how + ": throughput", benchTarget, with.over(floor), beside);
    }

    private static Figures serve(BenchEnvironment benchEnvironment, Plan plan, Server server, Variant variant)
            throws IOException, InterruptedException {
        List<String> command = benchEnvironment.command(
                variant, List.of("-Xmx256m"), benchEnvironment.classPathOfServers(), server.program);
        command.add(server.argument);
        Map<String, Double> told = new HashMap<>();
        try (BenchJvm benchJvm = benchEnvironment.start(command)) {
            String url = "http://127.0.0.1:" + benchJvm.await("port ") + "/";
            int seconds = Math.max(1, (int) plan.seconds());
            // the agent settles in its first fifteen seconds; and after the second kind of load the kernel has as many
            // rows in
            // TIME-WAIT as it takes, which the agent's next reading meets
            Map<String, Integer> warmUps = Map.of(KEEP_ALIVE, plan.quick() ? seconds : 20, CLOSE, 2 * seconds);
            for (String how : List.of(KEEP_ALIVE, CLOSE)) {
                double unused = load(benchEnvironment, url, how, requireNonNull(warmUps.get(how)));
                long cpu = benchJvm.cpuNanos();
                double rate = load(benchEnvironment, url, how, seconds);
                told.put(how + RATE, rate);
                told.put(how + CPU, (benchJvm.cpuNanos() - cpu) / 1e3 / (rate * seconds));
            }
            List<String> end = benchJvm.finish();
            if (!end.isEmpty()) {
                benchEnvironment.tell(server.name + " printed: " + end.get(0));
            }
        }
        return Figures.of(told);
    }

    /** Requests a second. */
    private static double load(BenchEnvironment benchEnvironment, String url, String how, int seconds)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c16", "-d" + seconds + "s"));
        if (how.equals(CLOSE)) {
            command.addAll(List.of("-H", CLOSE));
        }
        command.add(url);
        try (BenchJvm wrk = benchEnvironment.start(command)) {
            double rate = Double.NaN;
            for (String line : wrk.finish()) {
                if (line.contains("Non-2xx")) {
                    throw new IOException(line);
                }
                if (line.startsWith("Requests/sec:")) {
                    rate = Double.parseDouble(
                            line.substring(line.indexOf(':') + 1).strip());
                }
            }
            if (!(rate > 0)) {
                throw new IOException("wrk printed no rate: " + wrk);
            }
            return rate;
        }
    }

    private static boolean hasWrk(BenchEnvironment benchEnvironment) throws IOException, InterruptedException {
        try (BenchJvm which = benchEnvironment.start(List.of("bash", "-c", "command -v wrk || true"))) {
            return !which.finish().isEmpty();
        }
    }
}
