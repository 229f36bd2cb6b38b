// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.section;

import io.github.sockblame.bench.harness.BenchEnvironment;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Processor time for each connection that is opened, used for a byte each way and closed; one thread, thirty calls deep. */
public final class ChurnSection implements Section {

    private static final String PEER = "org.kohsuke:file-leak-detector:1.13:jar:jar-with-dependencies";

    @Override
    public String name() {
        return "churn";
    }

    @Override
    public List<Row> run(BenchEnvironment benchEnvironment, Plan plan) throws IOException, InterruptedException {
        List<Variant> variants = new ArrayList<>(List.of(Variant.NONE, benchEnvironment.agent()));
        Variant everyStack = benchEnvironment.everyStack();
        if (everyStack != null) {
            variants.add(everyStack);
        }
        List<Row> rows = new ArrayList<>();
        Variant peer = peer(benchEnvironment);
        if (peer == null) {
            rows.add(Row.skipped(
                    "churn: file-leak-detector",
                    "that of Maven Central (1.13) does not run here; --peer=JAR takes another"));
        } else {
            variants.add(peer);
        }
        rows.addAll(rows(benchEnvironment, plan, variants, "streams", BenchTarget.atMostTimes(1.10)));
        rows.addAll(rows(benchEnvironment, plan, variants, "channels", BenchTarget.atMostTimes(1.15)));
        return rows;
    }

    private static List<Row> rows(
            BenchEnvironment benchEnvironment, Plan plan, List<Variant> variants, String kind, BenchTarget everyStack)
            throws IOException, InterruptedException {
        Rounds rounds = benchEnvironment.alternate(
                plan, plan.rounds(), variants, variant -> churn(benchEnvironment, plan, variant, kind, 1, 0));
        Sample floor = rounds.of(Variant.NONE, "cpu.micros");
        boolean budget = variants.stream().anyMatch(variant -> variant.name().equals("every stack"));
        List<Row> rows = new ArrayList<>();
        for (Variant variant : variants.subList(1, variants.size())) {
            BenchTarget benchTarget = switch (variant.name()) {
                case "agent" -> budget ? BenchTarget.atMostTimes(1.04) : everyStack;
                case "every stack" -> everyStack;
                default -> BenchTarget.none();
            };
            String what = "churn, " + kind + ": "
                    + (variant.name().equals("agent")
                            ? "default options" + (budget ? "" : " (every stack)")
                            : variant.name());
            Sample cpu = rounds.of(variant, "cpu.micros");
            rows.add(Row.of(what, benchTarget, cpu.over(floor), micros(floor) + " -> " + micros(cpu) + " CPU/conn"));
        }
        return rows;
    }

    /** One run of the program. */
    static Figures churn(
            BenchEnvironment benchEnvironment, Plan plan, Variant variant, String kind, int threads, int held)
            throws IOException, InterruptedException {
        // the agent's thread loads what it needs in the first fifteen seconds, a report that it throws away the last
        // of it: with the rows in TIME-WAIT that this program leaves that is no small one; the quick plan cannot wait
        int connections = plan.quick() ? 15_000 : 60_000;
        int millis = plan.quick() ? 0 : 20_000;
        return benchEnvironment.run(
                variant, Variant.STEADY, "Churn", kind, threads, held, connections, millis, plan.millis());
    }

    static String micros(Sample sample) {
        return Text.number(sample.median(), 1) + " us";
    }

    /** The closest relative, if it runs here: a program that does nothing but end shows that. */
    private static @Nullable Variant peer(BenchEnvironment benchEnvironment) throws IOException, InterruptedException {
        Path given = benchEnvironment.peer();
        Path jar = given == null ? benchEnvironment.fetched(PEER) : given;
        if (jar == null) {
            return null;
        }
        Variant peer = new Variant("file-leak-detector", List.of("-javaagent:" + jar));
        try {
            return benchEnvironment
                            .run(peer, List.of(), "Churn", "streams", 1, 0, 1, 0, 50)
                            .has("connections")
                    ? peer
                    : null;
        } catch (IOException e) {
            benchEnvironment.tell("file-leak-detector does not run: " + e.getMessage());
            return null;
        }
    }
}
