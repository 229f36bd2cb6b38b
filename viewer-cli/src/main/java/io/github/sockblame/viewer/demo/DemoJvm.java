// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.report.Report;
import io.github.sockblame.viewer.connect.BundledAgent;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.LocalJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The JVM in which the {@link Shop} runs, watched by the agent. It ends when this is closed, or when the viewer dies. */
public final class DemoJvm implements AutoCloseable {

    private static final Duration DEMO_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(300);
    private static final String SEE_OUTPUT = "see the lines above";

    private final Process process;
    private final LocalJvm target;
    private final long deadline = System.nanoTime() + DEMO_TIMEOUT.toNanos();

    private DemoJvm(Process process, BundledAgent agent) {
        this.process = process;
        this.target = new LocalJvm(process.pid(), agent);
    }

    /** Starts it and waits until the shop has done its work. */
    public static DemoJvm start(BundledAgent agent) throws CannotAnswerException {
        List<String> command = command("-javaagent:" + agent.extract() + "=grace=200ms");
        DemoJvm jvm;
        try {
            jvm = new DemoJvm(
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start(),
                    agent);
        } catch (IOException e) {
            throw new CannotAnswerException(
                    "cannot start " + command.get(0) + " (" + e.getMessage() + ")", SEE_OUTPUT, e);
        }
        try {
            jvm.awaitReady();
            return jvm;
        } catch (CannotAnswerException e) {
            jvm.close();
            throw e;
        }
    }

    /** The command that runs the shop with this JVM's own Java and class path. */
    static List<String> command(String... jvmArguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // without the second, JDK 21 and later warn when a request has to load the agent before it has registered its
        // MXBean
        List<String> command = new ArrayList<>(List.of(java, "-Xmx128m", "-XX:+EnableDynamicAgentLoading"));
        command.addAll(List.of(jvmArguments));
        command.addAll(List.of("-cp", System.getProperty("java.class.path", ""), Shop.class.getName()));
        return command;
    }

    public long pid() {
        return process.pid();
    }

    /** What the shop does, in a few lines. */
    public String introduction() {
        return "A small shop runs in its own JVM, pid " + pid()
                + ", with the agent and grace=200ms. It pays "
                + Shop.BILLS + " bills over sockets\nthat it does not close, subscribes to " + Shop.FEEDS
                + " price feeds that it never reads, does not close the\nconnections of " + Shop.GUESTS
                + " chat guests after they left, and fetches " + Shop.INVOICES + " invoices correctly.";
    }

    /** Requests reports, as a user would, until one contains all the leaks. */
    public Report awaitLeaks() throws CannotAnswerException {
        Report report = target.read().report();
        while (!isComplete(report)) {
            pause(report);
            report = target.read().report();
        }
        return report;
    }

    /** Ends the shop by the end of its input. The death of the viewer has the same effect. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (process.waitFor(5, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            // It has ended, or ends now.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    private static boolean isComplete(Report report) {
        long sites = report.sites().stream()
                .filter(site -> site.verdict().isLeak(site.confidence()))
                .count();
        return sites >= 3 && report.totals().leaked() >= Shop.BILLS + Shop.FEEDS + Shop.GUESTS;
    }

    private void awaitReady() throws CannotAnswerException {
        CompletableFuture<@Nullable String> line = CompletableFuture.supplyAsync(this::firstLine);
        try {
            String ready = line.get(DEMO_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            if (!Shop.READY.equals(ready)) {
                throw new CannotAnswerException("the demo program ended before its work was done", SEE_OUTPUT);
            }
        } catch (TimeoutException e) {
            throw new CannotAnswerException(
                    "the demo program was not ready within " + DEMO_TIMEOUT.toSeconds() + " s", SEE_OUTPUT, e);
        } catch (ExecutionException e) {
            throw new CannotAnswerException("the demo program cannot be read (" + e.getMessage() + ")", SEE_OUTPUT, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private @Nullable String firstLine() {
        try {
            return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
        } catch (IOException e) {
            return null;
        }
    }

    private void pause(Report report) throws CannotAnswerException {
        try {
            if (process.waitFor(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CannotAnswerException("the demo program ended too early", SEE_OUTPUT);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        if (System.nanoTime() - deadline > 0) {
            throw new CannotAnswerException(
                    "the agent named " + report.totals().leaked() + " of " + (Shop.BILLS + Shop.FEEDS + Shop.GUESTS)
                            + " leaks within " + DEMO_TIMEOUT.toSeconds() + " s",
                    "this is a bug, or a very slow machine; please report it");
        }
    }

    private static CannotAnswerException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CannotAnswerException("interrupted", "run the demo again", e);
    }
}
