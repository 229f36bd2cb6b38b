// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A server of the machine's, run here on a port and in a folder of its own, for as long as a test takes. */
public final class ServerProcess implements AutoCloseable {

    private static final int CASES = 15;

    private final Path folder;
    private final int port;
    private final List<Process> processes = new ArrayList<>();

    private ServerProcess(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** One at the loopback addresses of this range, {@code 127.0.RANGE.N}. */
    public static ServerProcess redis(int range) throws Exception {
        List<String> addresses = addresses(range);
        ServerProcess server = new ServerProcess(newFolder("redis"), FreePort.on(addresses));
        List<String> command =
                new ArrayList<>(List.of(Tool.REDIS.program(), "--port", server.portText(), "--save", ""));
        command.add("--bind");
        command.addAll(addresses);
        return server.start(command);
    }

    /** One at the loopback addresses of this range. */
    public static ServerProcess postgres(int range) throws Exception {
        List<String> addresses = addresses(range);
        ServerProcess server = new ServerProcess(newFolder("postgres"), FreePort.on(addresses));
        Path programs = newestPostgres().resolveSibling("");
        Path data = server.folder.resolve("data");
        List<String> user = List.of();
        if ("root".equals(System.getProperty("user.name"))) { // as whom PostgreSQL does not run
            user = List.of("runuser", "-u", "postgres", "--");
            Files.setOwner(
                    server.folder,
                    server.folder
                            .getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName("postgres"));
        }
        server.run(join(user, programs.resolve("initdb"), "-D", data, "-A", "trust", "-U", "postgres", "--no-sync"));
        Path access = server.folder.resolve("access");
        Files.writeString(access, "host all all 127.0.0.0/8 trust\n");
        return server.start(join(
                user,
                programs.resolve("postgres"),
                "-D",
                data,
                "-k",
                server.folder,
                "-p",
                server.port,
                "-c",
                "listen_addresses=" + String.join(",", addresses),
                "-c",
                "hba_file=" + access));
    }

    /** What a case of the corpus takes for its own, and one that is no case's. */
    private static List<String> addresses(int range) {
        return IntStream.rangeClosed(0, CASES)
                .mapToObj(i -> i == 0 ? "127.0.0.1" : "127.0." + range + "." + i)
                .toList();
    }

    private static Path newestPostgres() throws IOException {
        return Tool.POSTGRES.places().stream()
                .max(Comparator.comparingInt(ServerProcess::version))
                .orElseThrow();
    }

    /** The {@code 16} of {@code /usr/lib/postgresql/16/bin/postgres}. */
    private static int version(Path postgres) {
        return Integer.parseInt(postgres.getName(postgres.getNameCount() - 3).toString());
    }

    private static List<String> join(List<String> first, Object... more) {
        return Stream.concat(first.stream(), Stream.of(more).map(Object::toString))
                .toList();
    }

    /** Not below the build's, which another user may not enter. */
    private static Path newFolder(String name) throws IOException {
        return Files.createTempDirectory("sockblame-" + name + "-");
    }

    public String portText() {
        return Integer.toString(port);
    }

    private void run(List<String> command) throws IOException {
        Process process = fork(command);
        if (!ended(process) || process.exitValue() != 0) {
            throw failed(command);
        }
    }

    private ServerProcess start(List<String> command) throws Exception {
        Process process = fork(command);
        try {
            Await.until("an answer of " + command, () -> {
                if (!process.isAlive()) {
                    throw failed(command);
                }
                return answers();
            });
            return this;
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    private AssertionError failed(List<String> command) throws IOException {
        return new AssertionError(command + " failed:\n" + Files.readString(log()));
    }

    private Path log() throws IOException {
        return TestEnvironment.buildFolder().resolve(folder.getFileName() + ".log");
    }

    private static boolean ended(Process process) {
        return !process.onExit()
                .completeOnTimeout(process, Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join()
                .isAlive();
    }

    private Process fork(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        processes.add(process);
        return process;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        for (Process process : processes) {
            List<ProcessHandle> children = process.descendants().toList();
            children.forEach(ProcessHandle::destroy);
            process.destroy();
            if (!ended(process)) {
                children.forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
