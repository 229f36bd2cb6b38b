// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.scenario.Checkpoint;
import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Closes the numbers of channels behind the JDK's back, as native code may, and has other connections take them: with the argument
 * {@code native} new ones that no hook sees, with {@code dup} duplicates of others. All of them are left in CLOSE-WAIT. It needs
 * {@code java.base/sun.nio.ch} and {@code sun.nio.fs} to be open.
 */
public final class ReusedNumbers {

    private static final int ROUNDS = 5;

    private final List<Object> held = new ArrayList<>();
    private final ServerSocketChannel listener;
    private final InetSocketAddress at;

    private ReusedNumbers(ServerSocketChannel listener) throws IOException {
        this.listener = listener;
        this.at = (InetSocketAddress) listener.getLocalAddress();
    }

    public static void main(String[] arguments) throws Exception {
        try (ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100)) {
            ReusedNumbers program = new ReusedNumbers(listener);
            int reused = 0;
            while (reused < ROUNDS) {
                boolean taken = arguments[0].equals("dup") ? program.duplicate() : program.openAnew();
                reused += taken ? 1 : 0;
            }
            Checkpoint.reached("reused", program.held);
        }
    }

    private SocketChannel victim() throws IOException {
        return SocketChannel.open(at);
    }

    /** Returns false if another thread of the JVM took the number first. */
    private boolean openAnew() throws Exception {
        SocketChannel victim = victim();
        held.add(victim);
        listener.accept().close();
        int number = number(victim);
        call("sun.nio.fs.UnixNativeDispatcher", "close", number);
        boolean ipv6 = (boolean) call("sun.nio.ch.Net", "isIPv6Available");
        int opened = (int) call("sun.nio.ch.Net", "socket0", ipv6, true, false, false);
        if (opened != number) {
            call("sun.nio.fs.UnixNativeDispatcher", "close", opened);
            return false;
        }
        FileDescriptor fd = (FileDescriptor) call("sun.nio.ch.IOUtil", "newFD", opened);
        Object unused = call("sun.nio.ch.Net", "connect0", ipv6, fd, at.getAddress(), at.getPort());
        listener.accept().close();
        return true;
    }

    /** Returns false if another thread of the JVM took the number first. */
    private boolean duplicate() throws Exception {
        SocketChannel victim = victim();
        held.add(victim);
        SocketChannel accepted = listener.accept();
        SocketChannel other = SocketChannel.open(at);
        SocketChannel peer = listener.accept();
        int number = number(victim);
        call("sun.nio.fs.UnixNativeDispatcher", "close", number);
        int duplicate = (int) call("sun.nio.fs.UnixNativeDispatcher", "dup", number(other));
        peer.close();
        if (duplicate != number) {
            call("sun.nio.fs.UnixNativeDispatcher", "close", duplicate);
            other.close();
            accepted.close();
            return false;
        }
        held.add(accepted);
        held.add(other);
        return true;
    }

    private static int number(SocketChannel channel) throws ReflectiveOperationException {
        Method number = channel.getClass().getDeclaredMethod("getFDVal");
        number.setAccessible(true);
        return (int) number.invoke(channel);
    }

    /** Calls the static method of this name that has as many parameters. */
    private static Object call(String className, String name, Object... arguments) throws ReflectiveOperationException {
        for (Method method : Class.forName(className).getDeclaredMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
                method.setAccessible(true);
                return method.invoke(null, arguments);
            }
        }
        throw new NoSuchMethodException(className + "." + name);
    }
}
