// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A JVM of our own making, on this JVM's class path. It ends with the end of its input, or by force. */
public final class ForkedJvm implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final Process process;
    private final BufferedReader lines;

    private ForkedJvm(Process process) {
        this.process = process;
        this.lines = process.inputReader(UTF_8);
    }

    /** An {@link IdleProgram} that is ready. */
    public static ForkedJvm idle(String... jvmArguments) throws Exception {
        return ready(command(List.of(jvmArguments), IdleProgram.class.getName()));
    }

    /** A program that has said {@code ready}. */
    public static ForkedJvm ready(List<String> command) throws Exception {
        ForkedJvm jvm = start(command);
        jvm.awaitLine("ready");
        return jvm;
    }

    public static ForkedJvm start(List<String> command) throws IOException {
        return new ForkedJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    public static List<String> command(List<String> jvmArguments, String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx64m"));
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        return command;
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

    /** The rest of the first line that begins so. */
    public String awaitLine(String beginning) throws Exception {
        return CompletableFuture.supplyAsync(() -> {
                    String line = read();
                    while (!line.startsWith(beginning)) {
                        line = read();
                    }
                    return line.substring(beginning.length()).strip();
                })
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Looks again and again, while the process lives, and fails after a while. */
    public void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0 || process.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new AssertionError(what + ": not seen; process alive: " + process.isAlive());
            }
        }
    }

    public void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** The exit status, once it has ended by itself. */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running: " + process);
        }
        return process.exitValue();
    }

    public void signal(String name) throws Exception {
        // the shell's own, since not every machine has the program
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + pidText())
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private String read() {
        try {
            String line = lines.readLine();
            if (line == null) {
                throw new AssertionError("ended: " + process);
            }
            return line;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
