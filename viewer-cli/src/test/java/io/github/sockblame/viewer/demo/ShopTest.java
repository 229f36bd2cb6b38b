// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.viewer.connect.FakeCarriedAgent;
import io.github.sockblame.viewer.connect.LocalJvm;
import io.github.sockblame.viewer.fake.ForkedJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopTest {

    private static final String CLOSE_WAIT = "08";
    private static final String LISTEN = "0A";

    @Test
    void leavesTheLeaksThatItPromises() throws Exception {
        int leaks = Shop.BILLS + Shop.FEEDS + Shop.GUESTS;
        try (ForkedJvm jvm = ForkedJvm.ready(DemoJvm.command())) {
            jvm.await(leaks + " sockets in CLOSE_WAIT", () -> count(jvm.pid(), CLOSE_WAIT) == leaks);

            assertThat(count(jvm.pid(), LISTEN)).isEqualTo(2);
            assertThat(inodes(jvm.pid()))
                    .as("closed connections leave no descriptor")
                    .hasSizeLessThan(leaks + 5);
        }
    }

    @Test
    void endsWithItsInput() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.ready(DemoJvm.command())) {
            jvm.endInput();

            assertThat(jvm.awaitEnd()).isZero();
        }
    }

    /** Its own agent may still sleep when the viewer asks, which then loads it. */
    @Test
    void takesAnAgentWithoutAWarning(@TempDir Path folder) throws Exception {
        Path errors = folder.resolve("errors");
        Process shop = new ProcessBuilder(DemoJvm.command())
                .redirectError(errors.toFile())
                .start();
        try (BufferedReader lines = shop.inputReader()) {
            assertThat(lines.readLine()).isEqualTo(Shop.READY);
            assertThat(new LocalJvm(shop.pid(), FakeCarriedAgent.in(folder))
                            .attach("")
                            .hadAgent())
                    .isFalse();
            assertThat(errors).isEmptyFile();
        } finally {
            shop.destroyForcibly().onExit().join();
        }
    }

    /** The sockets of the process in this state: the table is of the whole network, its descriptors say which are its own. */
    private static long count(long pid, String state) {
        Set<String> own = inodes(pid);
        return Stream.of("tcp", "tcp6")
                .flatMap(table -> lines(Path.of("/proc/" + pid + "/net/" + table)))
                .map(line -> line.strip().split("\\s+"))
                .filter(row -> row[3].equals(state) && own.contains(row[9]))
                .count();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> inodes(long pid) {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                String link = Files.exists(descriptor, LinkOption.NOFOLLOW_LINKS)
                        ? Files.readSymbolicLink(descriptor).toString()
                        : "";
                if (link.startsWith("socket:[")) {
                    inodes.add(link.substring("socket:[".length(), link.length() - 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return inodes;
    }
}
