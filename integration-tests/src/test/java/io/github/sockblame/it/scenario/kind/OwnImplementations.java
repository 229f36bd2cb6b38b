// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.kind;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import io.github.sockblame.it.scenario.kind.OwnSocketImpl.Flaw;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Uses sockets on implementations of its own, right ones and wrong ones, and says what came of each step. */
public final class OwnImplementations {

    private final InetSocketAddress peer;
    private final List<@Nullable Object> held = new ArrayList<>();

    private OwnImplementations(InetSocketAddress peer) {
        this.peer = peer;
    }

    public static void main(String[] arguments) throws Exception {
        try (Peer leaving = Peer.leaving(1);
                Peer patient = Peer.patient()) {
            OwnImplementations program = new OwnImplementations(leaving.address());
            Checkpoint.reached("ready");
            for (Flaw flaw : Flaw.values()) {
                program.use(flaw.name(), () -> OwnSocketImpl.socket(flaw));
                program.accept(flaw.name(), () -> new ServerSocket(new OwnSocketImpl(flaw)) {});
            }
            Socket right = OwnSocketImpl.socket(Flaw.NONE);
            right.connect(patient.address());
            program.useFactories();
            Checkpoint.reached("used", right, program.held);
        }
        Checkpoint.reached("done");
    }

    /** From here on every new socket of this JVM is one of ours. */
    @SuppressWarnings("deprecation") // as old programs do
    private void useFactories() throws IOException {
        Flaw[] next = new Flaw[1];
        Socket.setSocketImplFactory(() -> new OwnSocketImpl(next[0]));
        ServerSocket.setSocketFactory(() -> new OwnSocketImpl(next[0]));
        for (Flaw flaw : Flaw.values()) {
            next[0] = flaw;
            use("factory " + flaw, Socket::new);
            accept("factory " + flaw, () -> new ServerSocket(0));
        }
    }

    private void use(String what, Callable<Socket> making) {
        Object made = say(what + " make", making);
        if (made instanceof Socket socket) {
            Object unused = say(what + " connect", () -> {
                socket.connect(peer);
                return "connected";
            });
            unused = say(what + " read", () -> socket.getInputStream().read());
            unused = say(what + " read on", () -> socket.getInputStream().read());
            unused = say(
                    what + " tls",
                    () -> ((SSLSocketFactory) SSLSocketFactory.getDefault())
                            .createSocket(socket, "localhost", 1, true)
                            .getInputStream()
                            .read());
            unused = say(what + " close", () -> {
                socket.close();
                return "closed " + socket.isClosed();
            });
        }
        held.add(made);
    }

    private void accept(String what, Callable<ServerSocket> making) {
        Object made = say(what + " make listener", making);
        if (made instanceof ServerSocket listener) {
            Object unused = say(what + " bind", () -> {
                if (!listener.isBound()) {
                    listener.bind(new InetSocketAddress(0));
                }
                return "bound " + listener.isBound();
            });
            unused = say(what + " accept", () -> listener.accept().isConnected());
            unused = say(what + " close listener", () -> {
                listener.close();
                return "closed " + listener.isClosed();
            });
        }
        held.add(made);
    }

    private static @Nullable Object say(String what, Callable<?> step) {
        try {
            Object result = step.call();
            System.out.println(what + ": " + (result instanceof String || result instanceof Number ? result : "done"));
            return result;
        } catch (Throwable t) {
            System.out.println(what + ": " + t.getClass().getName() + " " + t.getMessage());
            return null;
        }
    }
}
