// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import io.github.sockblame.report.Report;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A running scenario. It stops at its checkpoints until it is told to go on, and ends with its input.
 *
 * <p>Before it ends, the agent in it is asked how it fared: no test passes with an internal error in the agent.
 */
public final class TargetProcess implements AutoCloseable {

    private final List<String> command;
    private final Process process;
    private final CapturedStream out;
    private final CapturedStream err;
    private boolean watched;
    private boolean finished;
    private Consumer<Report> health = AgentHealthChecks::check;
    private @Nullable AgentConnection agent;

    public TargetProcess(List<String> command, boolean watched) throws IOException {
        this.command = command;
        this.watched = watched;
        process = ForkedProcess.start(command, Path.of("."), Map.of());
        out = new CapturedStream(process.getInputStream());
        err = new CapturedStream(process.getErrorStream());
        TargetOutputOnFailure.started(this);
    }

    public long pid() {
        return process.pid();
    }

    public String pidText() {
        return Long.toString(process.pid());
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it printed until now. */
    public String printed() {
        return out.text();
    }

    /** What it wrote to standard error until now. */
    public String complaints() {
        return err.text();
    }

    /** The number that it printed behind this name. */
    public int number(String name) {
        String line = printed()
                .lines()
                .filter(printed -> printed.startsWith(name + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line '" + name + " N' in " + this));
        return Integer.parseInt(line.substring(name.length() + 1));
    }

    /** Waits until the scenario stands at this checkpoint. */
    public TargetProcess awaitCheckpoint(String name) throws Exception {
        Await.until("the line '" + name + "' from " + command, () -> {
            if (!out.hasLine(name) && !process.isAlive() && !out.all().contains(name)) {
                throw new AssertionError("ended before it said '" + name + "': " + this);
            }
            return out.hasLine(name);
        });
        return this;
    }

    /** Lets the scenario go on from the checkpoint at which it stands. */
    public void proceed() throws IOException {
        OutputStream in = process.getOutputStream();
        in.write('\n');
        in.flush();
    }

    public TargetProcess proceedTo(String checkpoint) throws Exception {
        proceed();
        return awaitCheckpoint(checkpoint);
    }

    /** The names of its threads, as the kernel has them. */
    public List<String> threads() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc", pidText(), "task"))) {
            for (Path task : tasks) {
                try {
                    names.add(Files.readString(task.resolve("comm")).strip());
                } catch (IOException e) {
                    // it has ended: the file is gone or unreadable
                }
            }
        }
        return names;
    }

    /** The agent came later. */
    public void isWatchedNow() {
        watched = true;
    }

    /** The agent went. */
    public void isWatchedNoLonger() {
        watched = false;
    }

    /** The scenario makes the agent fail, so this is what must be true of it at the end. */
    public TargetProcess expecting(Consumer<Report> otherHealth) {
        health = otherHealth;
        return this;
    }

    /** The agent in it, over JMX. */
    public AgentConnection agent() throws Exception {
        AgentConnection known = agent;
        if (known == null) {
            known = AgentConnection.to(pid());
            agent = known;
        }
        return known;
    }

    /** A report of this moment. */
    public ReportView report() throws Exception {
        return new ReportView(agent().report());
    }

    /** Ends the program by the end of its input, after a look at the health of the agent. */
    public Output finish() throws Exception {
        checkHealth();
        process.getOutputStream().close();
        return awaitEnd(Await.PATIENCE);
    }

    /** Waits until a program ends that ends by itself and looks after the agent's health itself. */
    public Output awaitEnd(Duration patience) throws Exception {
        finished = true;
        if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("does not end: " + this);
        }
        return new Output(out.all(), err.all(), process.exitValue());
    }

    private void checkHealth() throws Exception {
        if (watched) {
            health.accept(agent().report());
        }
        AgentConnection connection = agent;
        if (connection != null) {
            connection.close(); // of an agent that is detached, too
        }
    }

    /** Ends the program if the test has not. */
    @Override
    public void close() {
        try {
            if (!finished && process.isAlive()) {
                Output unused = finish();
            }
        } catch (Exception e) {
            throw new AssertionError("cannot end: " + this, e);
        } finally {
            kill();
        }
    }

    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public String toString() {
        return "\n  command: " + String.join(" ", command)
                + "\n  pid " + pid() + (process.isAlive() ? ", alive" : ", exit status " + process.exitValue())
                + "\n  stdout:\n" + out.text().indent(4) + "  stderr:\n"
                + err.text().indent(4);
    }
}
