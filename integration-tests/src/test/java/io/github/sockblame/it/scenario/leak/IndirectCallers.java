// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.leak;

import static net.bytebuddy.matcher.ElementMatchers.named;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import io.github.sockblame.it.scenario.kind.VirtualThreads;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.net.SocketFactory;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.MethodCall;

/** Forgets connections, each opened by way of code that stands between the program and the JDK. */
public final class IndirectCallers {

    private final List<Socket> held = new ArrayList<>();
    private final InetAddress address;
    private final int port;

    private IndirectCallers(InetSocketAddress peer) {
        this.address = peer.getAddress();
        this.port = peer.getPort();
    }

    /** Opens a connection. */
    public interface Connector {
        Socket connect(InetAddress address, int port) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        try (Peer peer = Peer.leaving(0)) {
            IndirectCallers program = new IndirectCallers(peer.address());
            program.byLambda();
            program.byConstructor();
            program.byMethod();
            program.byDynamicProxy();
            program.byHandleProxy();
            program.byGeneratedClass();
            if (arguments.length > 0) {
                program.byVirtualThread();
            }
            Checkpoint.reached("leaked", program.held);
        }
    }

    private void byLambda() throws Exception {
        Callable<Socket> opening = () -> new Socket(address, port);
        forget(opening.call());
    }

    private void byConstructor() throws Exception {
        for (int i = 0; i < 20; i++) { // after some, JDK 17 makes a class for it
            forget(Socket.class.getConstructor(InetAddress.class, int.class).newInstance(address, port));
        }
    }

    private void byMethod() throws Exception {
        for (int i = 0; i < 20; i++) {
            forget((Socket) SocketFactory.class
                    .getMethod("createSocket", InetAddress.class, int.class)
                    .invoke(SocketFactory.getDefault(), address, port));
        }
    }

    private void byDynamicProxy() throws Exception {
        Connector target = Socket::new;
        Connector proxy = (Connector) Proxy.newProxyInstance(
                IndirectCallers.class.getClassLoader(),
                new Class<?>[] {Connector.class},
                (itself, method, arguments) -> method.invoke(target, arguments));
        forget(proxy.connect(address, port));
    }

    private void byHandleProxy() throws Exception {
        MethodHandle open = MethodHandles.publicLookup()
                .findConstructor(Socket.class, MethodType.methodType(void.class, InetAddress.class, int.class));
        forget(MethodHandleProxies.asInterfaceInstance(Connector.class, open).connect(address, port));
    }

    /** As a framework wraps a class: its name is made from the name of what it wraps. */
    private void byGeneratedClass() throws Exception {
        SocketFactory wrapped = SocketFactory.getDefault();
        SocketFactory wrapper = new ByteBuddy()
                .subclass(Sockets.class)
                .method(named("createSocket"))
                .intercept(
                        MethodCall.invokeSelf().on(wrapped, SocketFactory.class).withAllArguments())
                .make()
                .load(IndirectCallers.class.getClassLoader())
                .getLoaded()
                .getConstructor()
                .newInstance();
        forget(wrapper.createSocket(address, port));
    }

    /** What the program has of such a class. */
    public abstract static class Sockets extends SocketFactory {}

    private void byVirtualThread() throws Exception {
        VirtualThreads.start(this::inVirtualThread).join();
    }

    private void inVirtualThread() {
        try {
            forget(new Socket(address, port));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void forget(Socket socket) throws Exception {
        held.add(socket);
        if (socket.getInputStream().read() >= 0) {
            throw new AssertionError("a byte");
        }
    }
}
