// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.leak;

import io.github.sockblame.it.scenario.Blocked;
import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import jdk.net.ExtendedSocketOptions;

/**
 * Loses the network to some of its peers, while others go on to answer. To be run in a network namespace of its own, as the root of a
 * user namespace; nobody reaches it there over TCP, so it writes the agent's reports to the file that its argument names.
 */
public final class SilentPeers {

    private static final String HERE = "10.99.0.1";
    private static final String AWAY = "10.99.0.9";
    private static final int SOME = 1 << 20;

    private final List<Object> held = new ArrayList<>();
    private final ServerSocket near = new ServerSocket(0, 50, InetAddress.getByName(HERE));
    private final ServerSocket away = new ServerSocket(0, 50, InetAddress.getByName(AWAY));

    private SilentPeers() throws IOException {}

    public static void main(String[] arguments) throws Exception {
        ip("link set lo up");
        ip("address add " + HERE + "/32 dev lo");
        ip("address add " + AWAY + "/32 dev lo");
        ip("link add lost0 type veth peer name lost1");
        ip("link set lost0 up");
        ip("link set lost1 up");
        SilentPeers program = new SilentPeers();
        Socket unanswered = program.openUnanswered();
        probe(program.openProbedInVain());
        Socket stuck = program.openStuck();
        Socket unread = program.openUnread();
        probe(program.openProbed());
        program.acceptAll();
        losePeer();

        unanswered.getOutputStream().write(1);
        program.held.add(Blocked.in(() -> writeForEver(stuck)));
        program.held.add(Blocked.in(() -> writeForEver(unread)));
        Path file = Path.of(arguments[0]);
        Peer.daemon("reporter", () -> report(file)).start();
        Checkpoint.reached("lost", program.held);
        Runtime.getRuntime().halt(0); // threads are stuck in sockets, as they should be
    }

    /** From now on what is sent there leaves by an interface whose other end is nobody with that hardware address. */
    private static void losePeer() throws Exception {
        ip("address del " + AWAY + "/32 dev lo");
        ip("route add " + AWAY + "/32 dev lost0");
        ip("neighbour add " + AWAY + " lladdr 02:00:00:00:00:99 dev lost0");
    }

    /** Has sent something that nobody acknowledges. */
    private Socket openUnanswered() throws IOException {
        return connect(away);
    }

    /** Sends nothing, and the kernel asks whether the other side is there. */
    private Socket openProbedInVain() throws IOException {
        return connect(away);
    }

    /** A thread blocks in a write. */
    private Socket openStuck() throws IOException {
        return connect(away);
    }

    /** A thread blocks in a write since the other side reads nothing, but the kernel there answers every probe. */
    private Socket openUnread() throws IOException {
        return connect(near);
    }

    /** Is asked, too, and answers. */
    private Socket openProbed() throws IOException {
        return connect(near);
    }

    private static void probe(Socket socket) throws IOException {
        socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 1);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 1);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 100); // and does not give up
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    }

    private Socket connect(ServerSocket listener) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(HERE, 0));
        socket.connect(listener.getLocalSocketAddress());
        held.add(socket);
        return socket;
    }

    private void acceptAll() throws IOException {
        for (ServerSocket listener : List.of(away, away, away, near, near)) {
            held.add(listener.accept());
        }
    }

    private static String writeForEver(Socket socket) throws IOException {
        while (true) {
            socket.getOutputStream().write(new byte[SOME]);
        }
    }

    private static void report(Path file) {
        Path half = file.resolveSibling("half");
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName agent = new ObjectName("io.github.sockblame:type=Sockblame");
            while (true) {
                try {
                    Files.writeString(half, (String) server.invoke(agent, "reportJson", null, null));
                    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } catch (InstanceNotFoundException e) {
                    // it is not registered yet
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        } catch (Exception e) {
            System.out.println("reports no more: " + e);
        }
    }

    private static void ip(String arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(arguments.split(" ", -1)));
        command.add(0, "ip");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + ": " + said);
        }
    }
}
