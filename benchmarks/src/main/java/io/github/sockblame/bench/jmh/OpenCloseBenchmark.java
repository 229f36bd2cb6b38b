// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.jmh;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketImpl;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What the probe and the ledger behind it do for one open and one close, as the woven methods call them, against one {@code new Throwable()} on
 * the same stack. Runs with the agent: the probe is that of the boot loader.
 *
 * <p>No kernel: the descriptors have numbers far above those that are open.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OpenCloseBenchmark {

    private static final AtomicInteger NUMBERS = new AtomicInteger(200_000);

    private static final VarHandle NUMBER;
    private static final Field IMPLEMENTATION;

    static {
        try {
            NUMBER = MethodHandles.privateLookupIn(FileDescriptor.class, MethodHandles.lookup())
                    .findVarHandle(FileDescriptor.class, "fd", int.class);
            IMPLEMENTATION = Socket.class.getDeclaredField("impl");
            IMPLEMENTATION.setAccessible(true);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** About how many frames the stack has in all; JMH's own are among them, and there are never fewer than those. */
    @Param({"10", "30", "100"})
    int depth;

    private int number;
    private int calls;
    private SocketChannel channel;
    private SocketImpl implementation;

    /** Real sockets, open as long as the JVM: they have the agent woven in, and the ledger reads addresses out of them. */
    @Setup
    public void open() throws IOException, ReflectiveOperationException {
        ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel = SocketChannel.open(listener.getLocalAddress());
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), listener.socket().getLocalPort());
        implementation = (SocketImpl) IMPLEMENTATION.get(socket);
        if (SocketProbe.class.getClassLoader() != null) {
            throw new IllegalStateException("not the agent's probe: " + SocketProbe.class.getClassLoader());
        }
        number = NUMBERS.getAndIncrement();
        calls = Math.max(0, depth - new Throwable().getStackTrace().length - 1);
    }

    /** Figures of an agent that failed are none. */
    @TearDown
    public void check() {
        if (SocketProbe.errorCount() > 0) {
            throw new IllegalStateException("internal errors of the agent: " + SocketProbe.lastError());
        }
    }

    /** One operation on a descriptor of its own. */
    private interface Operation {
        Object on(FileDescriptor fd);
    }

    private final Operation floor = this::walk;
    private final Operation streams = this::stream;
    private final Operation channels = this::channel;

    /** The floor. */
    @Benchmark
    public Object throwable(Blackhole hole) {
        return down(calls, floor, hole);
    }

    /** What {@code new Socket(..)} and its close call. */
    @Benchmark
    public Object streams(Blackhole hole) {
        return down(calls, streams, hole);
    }

    /** What {@code SocketChannel.open(..)} and its close call. */
    @Benchmark
    public Object channels(Blackhole hole) {
        return down(calls, channels, hole);
    }

    // never inlined: how far the compiler inlines a recursion decides what a walk costs, and differs from fork to fork
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private Object down(int left, Operation operation, Blackhole hole) {
        if (left > 0) {
            return down(left - 1, operation, hole);
        }
        FileDescriptor fd = new FileDescriptor();
        NUMBER.set(fd, number);
        hole.consume(fd);
        return operation.on(fd);
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private Object walk(FileDescriptor fd) {
        return new Throwable();
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private Object stream(FileDescriptor fd) {
        SocketProbe.opened(fd, null);
        SocketProbe.descriptorSeen(fd);
        SocketProbe.socketImplCreated(implementation, fd);
        SocketProbe.closeRequested(fd, false);
        SocketProbe.closed(fd);
        return fd;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private Object channel(FileDescriptor fd) {
        SocketProbe.opened(fd, null);
        SocketProbe.channelCreated(channel, fd);
        SocketProbe.closeRequested(fd, true);
        SocketProbe.closed(fd);
        return fd;
    }
}
