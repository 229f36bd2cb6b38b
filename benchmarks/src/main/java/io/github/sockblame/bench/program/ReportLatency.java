// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.program;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Asks the agent for its whole report over this JVM's own MBean server, and reads {@code /proc/self/net/tcp} and {@code tcp6} by turns with it,
 * while one thread opens and closes connections; at growing numbers of sockets. Prints milliseconds, and the thread's longest
 * pauses.
 *
 * <p>Arguments: largest number of rounds, milliseconds after which no other begins, then numbers of sockets.
 */
public final class ReportLatency {

    private static final String[] TABLES = {"/proc/self/net/tcp", "/proc/self/net/tcp6"};
    private static final String REPORT = "reportJson";
    private static final String STATES = "TrackedByState";
    private static final int WARM_UP = 3;
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName agent = new ObjectName("io.github.sockblame:type=Sockblame");
    private final byte[] buffer = new byte[64 << 10];
    private final int rounds;
    private final long nanos;

    /** One timed operation. */
    @FunctionalInterface
    private interface Look {
        void run() throws JMException, IOException;
    }

    private ReportLatency(int rounds, long millis) throws JMException {
        this.rounds = rounds;
        this.nanos = millis * 1_000_000;
    }

    public static void main(String[] arguments) throws Exception {
        ReportLatency latency = new ReportLatency(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]));
        try (HeldConnections heldConnections = new HeldConnections(200);
                Interrupted churn = new Interrupted()) {
            latency.awaitAgent();
            for (int i = 2; i < arguments.length; i++) {
                heldConnections.growTo(Integer.parseInt(arguments[i]));
                latency.measure(arguments[i], churn);
            }
            latency.measureStates(arguments[arguments.length - 1], heldConnections.size());
        }
    }

    /** The agent registers its MXBean on its own thread, once there is a server. */
    private void awaitAgent() throws InterruptedException {
        for (long begun = System.nanoTime(); !server.isRegistered(agent); Thread.sleep(10)) {
            if (System.nanoTime() - begun > PATIENCE_NANOS) {
                throw new IllegalStateException("no " + agent);
            }
        }
    }

    private void measure(String sockets, Interrupted churn) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            report();
            readTables();
        }
        long begun = System.nanoTime();
        long pauseAtReports = 0;
        long pauseAtTables = 0;
        for (int i = 0; i < rounds && (i == 0 || System.nanoTime() - begun < nanos); i++) {
            churn.longestPause();
            tell(sockets, "tables.millis." + i, millis(this::readTables));
            pauseAtTables = Math.max(pauseAtTables, churn.longestPause());
            tell(sockets, "report.millis." + i, millis(this::report));
            pauseAtReports = Math.max(pauseAtReports, churn.longestPause());
        }
        tell(sockets, "rows", rowsOfTables());
        tell(sockets, "pause.reports", pauseAtReports / 1e6);
        tell(sockets, "pause.tables", pauseAtTables / 1e6);
    }

    private static void tell(String sockets, String name, double value) {
        System.out.println(String.format(Locale.ROOT, "figure %s.%s %.4f", sockets, name, value));
    }

    private static double millis(Look look) throws JMException, IOException {
        long begun = System.nanoTime();
        look.run();
        return (System.nanoTime() - begun) / 1e6;
    }

    private void report() throws JMException {
        String json = (String) server.invoke(agent, REPORT, new Object[0], new String[0]);
        if (json.length() < 100) {
            throw new IllegalStateException(json);
        }
    }

    private static double rowsOfTables() throws IOException {
        long rows = 0;
        for (String table : TABLES) {
            try (Stream<String> lines = Files.lines(Path.of(table))) {
                rows += lines.count() - 1; // less the headings
            }
        }
        return rows;
    }

    private void readTables() throws IOException {
        for (String table : TABLES) {
            try (InputStream in = new FileInputStream(table)) {
                while (in.read(buffer) > 0) {
                    // only read
                }
            }
        }
    }

    /** If this agent has an answer by states alone. */
    private void measureStates(String name, int sockets) throws JMException, IOException {
        MBeanInfo info = server.getMBeanInfo(agent);
        if (Arrays.stream(info.getAttributes()).map(MBeanFeatureInfo::getName).noneMatch(STATES::equals)) {
            return;
        }
        for (int i = 0; i < rounds + WARM_UP; i++) {
            double millis = millis(() -> server.getAttribute(agent, STATES));
            if (i >= WARM_UP) {
                tell(name, "states.micros.each." + (i - WARM_UP), 1e3 * millis / sockets);
            }
        }
    }

    /** A thread of the program that opens and closes connections all the time, and notes how long the longest took. */
    private static final class Interrupted implements AutoCloseable {

        private volatile boolean over;
        private long longest;

        Interrupted() {
            Thread thread = new Thread(this::run, "program");
            thread.setDaemon(true);
            thread.start();
        }

        private void run() {
            try (ServerSocket listener = new ServerSocket(0, 50, Pair.loopback(0))) {
                long last = System.nanoTime();
                while (!over) {
                    try (Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
                            Socket accepted = listener.accept()) {
                        client.getOutputStream().write(1);
                        accepted.setSoLinger(
                                true, accepted.getInputStream().read() - 1); // 0: no TIME-WAIT fills the tables
                    }
                    long now = System.nanoTime();
                    note(now - last);
                    last = now;
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private synchronized void note(long nanos) {
            longest = Math.max(longest, nanos);
        }

        /** The longest since the last time, in nanoseconds. */
        synchronized long longestPause() {
            long was = longest;
            longest = 0;
            return was;
        }

        @Override
        public void close() {
            over = true;
        }
    }
}
