// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Where one case plays: the other side of its connections has a loopback address that no other case has. */
final class CaseScope {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final String CLOSE_WAIT = "08";
    private static final int INODE = 9;

    /** The third number of the addresses, which no other program has that runs at the same time. */
    private static final int RANGE = Integer.getInteger("corpus.range", 1);

    /** The agent's grace period, in milliseconds. */
    private static final long GRACE = Long.getLong("corpus.grace", 200);

    private final int number;
    private final List<Socket> clients = new ArrayList<>();
    private @Nullable HttpOrigin httpOrigin;
    private int before;

    CaseScope(int number) {
        this.number = number;
    }

    /** The agent's grace period. */
    static Duration grace() {
        return Duration.ofMillis(GRACE);
    }

    /** The case's own address, {@code 127.0.RANGE.N}. */
    String address() {
        return "127.0." + RANGE + "." + number;
    }

    InetAddress inetAddress() throws IOException {
        return InetAddress.getByName(address());
    }

    /** The HTTP server of a case that is played more than once. */
    HttpOrigin origin() throws IOException {
        HttpOrigin known = httpOrigin;
        if (known == null) {
            known = HttpOrigin.of(this);
            httpOrigin = known;
        }
        return known;
    }

    /** A client from the case's own address. */
    Socket client(InetSocketAddress server) throws IOException {
        Socket client = new Socket();
        client.bind(new InetSocketAddress(inetAddress(), 0));
        client.connect(server);
        client.setSoTimeout((int) TimeUnit.NANOSECONDS.toMillis(PATIENCE));
        clients.add(client);
        return client;
    }

    /** Waits until so many connections whose remote address is the case's own are in CLOSE-WAIT, since {@link #again} was called. */
    void awaitCloseWait(int count) throws Exception {
        await(count + " in CLOSE-WAIT to " + address(), () -> closeWaits() - before == count);
    }

    /** The case begins once more. */
    void again() throws IOException {
        before = closeWaits();
    }

    static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE;
        while (!condition.call()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not seen: " + what);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }

    /** Something that does not end, in a thread that does not keep the program from its end. */
    static Thread daemon(Callable<?> task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        Object unused = task.call();
                    } catch (Exception e) {
                        System.out.println("ended: " + e);
                    }
                },
                "waiting");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Whether this process has a descriptor of the connection that came from this port of the case's address. */
    boolean hasDescriptorOfGuest(int port) throws IOException {
        String remote = remote() + String.format(Locale.ROOT, ":%04X", port);
        return rows().stream().anyMatch(fields -> fields[2].endsWith(remote) && !fields[INODE].equals("0"));
    }

    private int closeWaits() throws IOException {
        String remote = remote() + ":";
        return (int) rows().stream()
                .filter(fields -> fields[3].equals(CLOSE_WAIT) && fields[2].contains(remote))
                .count();
    }

    /** The kernel prints an address as one number, of which the first byte stands last. */
    private String remote() {
        return String.format(Locale.ROOT, "%02X%02X007F", number, RANGE);
    }

    private static List<String[]> rows() throws IOException {
        List<String[]> rows = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/self/net/" + table))) {
                rows.add(line.strip().split(" +", -1));
            }
        }
        return rows;
    }
}
