// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.kernel.net.TcpRow;
import io.github.sockblame.agent.kernel.proc.SourceStatus;
import io.github.sockblame.report.TcpState;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A JVM of its own that opens sockets until the kernel gives it no more descriptors, and then reads. */
class NoDescriptorLeftTest {

    private static final int LIMIT = 120;

    @Test
    void readsAllTheSame() throws Exception {
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n " + LIMIT + " && exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        home(Exhausted.class)
                                + File.pathSeparator
                                + home(ProcFs.class)
                                + File.pathSeparator
                                + home(TcpState.class),
                        Exhausted.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.lines())
                .contains("open " + LIMIT + " of " + LIMIT)
                .contains("listening true")
                .contains("all clients established true")
                .contains("/proc/self/fd false cannot be listed, as when no file descriptor is left")
                .contains("/proc/self/fd/0, 1, 2... true null")
                .contains("/proc/self/net/tcp true null");
    }

    private static String home(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    /** The program of that JVM. */
    static final class Exhausted {

        private Exhausted() {}

        public static void main(String[] args) throws IOException {
            ProcFs procFs = new ProcFs(Path.of("/proc"));
            procFs.openFiles();
            InetAddress loopback = InetAddress.getLoopbackAddress();
            List<Socket> clients = new ArrayList<>();
            try (ServerSocket listener = new ServerSocket(0, LIMIT, loopback)) {
                warmUp(procFs, loopback, listener.getLocalPort());
                exhaust(clients, loopback, listener.getLocalPort());
                tell(procFs.read(), listener.getLocalPort(), clients.size());
            }
        }

        /**
         * Loads the classes that stand in folders here (the agent's come from a jar that is open), and closes a socket: the
         * JDK takes two descriptors for itself at the first close, and fails if there are none.
         */
        private static void warmUp(ProcFs procFs, InetAddress loopback, int port) throws IOException {
            try (Socket first = new Socket(loopback, port)) {
                if (procFs.read().rowsByInode().isEmpty()) {
                    throw new IllegalStateException("not found: " + first);
                }
            }
        }

        private static void exhaust(List<Socket> clients, InetAddress loopback, int port) {
            try {
                while (true) {
                    clients.add(new Socket(loopback, port));
                }
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }

        private static void tell(KernelSnapshot snapshot, int port, int clients) {
            boolean listening = false;
            int established = 0;
            for (TcpRow row : snapshot.rowsByInode().values()) {
                listening |= row.state() == TcpState.LISTEN && row.local().port() == port;
                established +=
                        row.state() == TcpState.ESTABLISHED && row.remote().port() == port ? 1 : 0;
            }
            System.out.println("open " + snapshot.openDescriptors() + " of " + snapshot.descriptorLimit());
            System.out.println("listening " + listening);
            System.out.println("all clients established " + (established == clients && clients > 50));
            for (SourceStatus source : snapshot.sources()) {
                System.out.println(source.name() + " " + source.used() + " " + source.detail());
            }
        }
    }
}
