// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A forked process: read line by line, bounded in time, and ended with the runner. */
public final class BenchJvm implements AutoCloseable {

    /** Longer than anything here takes; who takes longer hangs. */
    private static final long LONGEST_SECONDS = 600;

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "end-of-forks"));
    }

    private final List<String> command;
    private final Process process;
    private final BufferedReader out;
    private final Path err;
    private final Thread bound;

    /**
     * Starts a command.
     *
     * @param err the file for what it writes to standard error
     */
    BenchJvm(List<String> command, Path err) throws IOException {
        this.command = command;
        this.err = err;
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("SOCKBLAME_")
                        || name.equals("JAVA_TOOL_OPTIONS")
                        || name.equals("JDK_JAVA_OPTIONS")
                        || name.equals("_JAVA_OPTIONS"));
        process = builder.start();
        RUNNING.add(process);
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        bound = new Thread(this::endIfItHangs, "bound-of-" + process.pid());
        bound.setDaemon(true);
        bound.start();
    }

    private void endIfItHangs() {
        try {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            // it has ended
        }
    }

    /** Reads until it prints a line that begins so, and returns the rest of that line. */
    public String await(String beginning) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length()).strip();
            }
        }
        throw new IOException("ended before it printed '" + beginning + "': " + this);
    }

    /** Ends its input, and waits until it has ended. */
    public List<String> finish() throws IOException, InterruptedException {
        try (OutputStream in = process.getOutputStream()) {
            in.flush();
        }
        List<String> lines = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
        }
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException("exit status " + status + ": " + this);
        }
        return lines;
    }

    /** Its processor time until now, user and system, in nanoseconds, to a hundredth of a second. */
    public long cpuNanos() {
        return process.toHandle().info().totalCpuDuration().orElseThrow().toNanos();
    }

    /** What it wrote to standard error. */
    public String complaints() throws IOException {
        return Files.readString(err);
    }

    @Override
    public void close() {
        bound.interrupt();
        process.destroyForcibly().onExit().join();
        RUNNING.remove(process);
    }

    /** In one line. */
    @Override
    public String toString() {
        String said;
        try {
            said = complaints().lines().findFirst().orElse("it printed nothing");
        } catch (IOException e) {
            said = e.toString();
        }
        return said + "; " + err + " has the rest, of " + String.join(" ", command);
    }
}
