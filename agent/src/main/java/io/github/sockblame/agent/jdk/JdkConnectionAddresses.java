// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jdk;

import io.github.sockblame.agent.kernel.net.ProcAddressFormat;
import io.github.sockblame.agent.ledger.ConnectionAddresses;
import io.github.sockblame.agent.ledger.ConnectionEndpoints;
import io.github.sockblame.report.Endpoint;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketImpl;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Reads the addresses out of fields of the JDK's sockets and channels, JDK 17 to 28. It calls no method of theirs, and
 * no method of the addresses that a class of the program could override.
 *
 * <p>The program's threads read at a close, under locks of the JDK. So the agent's thread runs all that code once in
 * advance, with an object of the agent that has the same fields. Until then, at most a second after the first socket of
 * its kind was opened, the addresses are unknown.
 */
public final class JdkConnectionAddresses implements ConnectionAddresses {

    private static final String CHANNEL = "sun.nio.ch.SocketChannelImpl";
    private static final String ASYNCHRONOUS = "sun.nio.ch.UnixAsynchronousSocketChannelImpl";

    /** More than the JDK has. */
    private static final int MOST_TYPES = 8;

    private final JdkAccess jdk;
    private final AtomicReferenceArray<@Nullable Class<?>> typesSeen = new AtomicReferenceArray<>(MOST_TYPES);
    private volatile TypeReader[] readers = {};
    private volatile @Nullable String reason;
    private volatile @Nullable VarHandle keyCount;
    private boolean keyCountResolved;

    /** The reader for the owners of one class; null if that class has nothing to read. */
    private record TypeReader(Class<?> type, @Nullable Reader reader) {}

    /** Reads the owners of one class. Not a lambda, whose class would be made at its first use. */
    private abstract static class Reader {

        abstract @Nullable ConnectionEndpoints read(Object owner);

        /** The remote address, also without a local one; null if there is none. */
        @Nullable Endpoint readRemote(Object owner) {
            ConnectionEndpoints ends = read(owner);
            return ends == null ? null : endpoint(ends.remote(), ends.remotePort());
        }

        static Endpoint endpoint(InetAddress address, int port) {
            return ProcAddressFormat.endpoint(address.getAddress(), port);
        }
    }

    private static final class SocketImplReader extends Reader {
        private final VarHandle address;
        private final VarHandle port;
        private final VarHandle localPort;

        SocketImplReader(VarHandle address, VarHandle port, VarHandle localPort) {
            this.address = address;
            this.port = port;
            this.localPort = localPort;
        }

        @Override
        @Nullable ConnectionEndpoints read(Object owner) {
            return ends((InetAddress) address.get(owner), (int) port.get(owner), (int) localPort.get(owner));
        }
    }

    private static final class ChannelReader extends Reader {
        private final VarHandle remote;
        private final VarHandle local;

        ChannelReader(VarHandle remote, VarHandle local) {
            this.remote = remote;
            this.local = local;
        }

        @Override
        @Nullable ConnectionEndpoints read(Object owner) {
            Object far = remote.get(owner);
            Object near = local.get(owner);
            return far instanceof InetSocketAddress to && near instanceof InetSocketAddress from
                    ? ends(to.getAddress(), to.getPort(), from.getPort())
                    : null;
        }

        /** A channel has its local address only after a connect has succeeded. */
        @Override
        @Nullable Endpoint readRemote(Object owner) {
            if (!(remote.get(owner) instanceof InetSocketAddress to)) {
                return null;
            }
            InetAddress address = to.getAddress();
            return address == null ? null : endpoint(address, to.getPort());
        }
    }

    /** Has the same fields as the JDK's classes, for the run in advance. */
    @SuppressWarnings("UnusedVariable") // they are read through handles
    private static final class WarmUpTarget {
        final InetAddress address;
        final int port = 1;
        final int localPort = 2;
        final SocketAddress remote;
        final SocketAddress local;

        WarmUpTarget(InetAddress address) {
            this.address = address;
            this.remote = new InetSocketAddress(address, port);
            this.local = new InetSocketAddress(address, localPort);
        }
    }

    /** Reads nothing yet. */
    public JdkConnectionAddresses(JdkAccess jdk) {
        this.jdk = jdk;
    }

    private static @Nullable ConnectionEndpoints ends(@Nullable InetAddress address, int port, int localPort) {
        return address == null || port <= 0 || localPort <= 0
                ? null
                : new ConnectionEndpoints(address, port, localPort);
    }

    @Override
    public void registerType(Object owner) {
        Class<?> type = owner.getClass();
        if (find(type) != null || type.getModule() != Object.class.getModule()) {
            return; // a class of the program must stay collectable
        }
        for (int i = 0; i < MOST_TYPES; i++) {
            Class<?> other = typesSeen.get(i);
            if (other == type || (other == null && typesSeen.compareAndSet(i, null, type))) {
                return;
            }
        }
    }

    private @Nullable TypeReader find(Class<?> type) {
        for (TypeReader one : readers) {
            if (one.type == type) {
                return one;
            }
        }
        return null;
    }

    @Override
    public @Nullable ConnectionEndpoints endpointsOf(Object owner) {
        TypeReader one = find(owner.getClass());
        Reader reader = one == null ? null : one.reader;
        return reader == null ? null : reader.read(owner);
    }

    /** The remote address of a connection, or of a connect that is pending or has failed; null if there is none. */
    @Nullable Endpoint remoteOf(Object owner) {
        TypeReader one = find(owner.getClass());
        Reader reader = one == null ? null : one.reader;
        return reader == null ? null : reader.readRemote(owner);
    }

    @Override
    public synchronized void prepareReaders() {
        resolveKeyCount();
        for (int i = readers.length; i < MOST_TYPES; i++) {
            Class<?> type = typesSeen.get(i);
            if (type == null) {
                return;
            }
            TypeReader[] more = Arrays.copyOf(readers, i + 1);
            more[i] = new TypeReader(type, readerOf(type));
            readers = more;
        }
    }

    @Override
    public boolean isSelectorRegistered(Object owner) {
        VarHandle known = keyCount;
        return owner instanceof AbstractSelectableChannel && (known == null || keys(known, owner) > 0);
    }

    private static int keys(VarHandle count, Object owner) {
        return (int) count.get(owner);
    }

    /**
     * The field is private, and may be missing in a later JDK: then every channel counts as registered with a selector.
     */
    private void resolveKeyCount() {
        if (keyCountResolved) {
            return;
        }
        keyCountResolved = true;
        try {
            VarHandle rehearsed = MethodHandles.lookup().findVarHandle(WarmUpTarget.class, "port", int.class);
            int unused = keys(rehearsed, new WarmUpTarget(InetAddress.getLoopbackAddress()));
            keyCount = jdk.field(AbstractSelectableChannel.class, "keyCount", int.class);
        } catch (NoSuchFieldException e) {
            // see above
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The reason why some addresses cannot be read; null if there is none so far. */
    @Nullable String reason() {
        return reason;
    }

    private @Nullable Reader readerOf(Class<?> type) {
        try {
            if (SocketImpl.class.isAssignableFrom(type)) {
                warmUp(true);
                return new SocketImplReader(
                        jdk.field(SocketImpl.class, "address", InetAddress.class),
                        jdk.field(SocketImpl.class, "port", int.class),
                        jdk.field(SocketImpl.class, "localport", int.class));
            }
            return switch (type.getName()) {
                case CHANNEL -> ofChannel(type, SocketAddress.class);
                case ASYNCHRONOUS -> ofChannel(type.getSuperclass(), InetSocketAddress.class);
                default -> null; // a listener
            };
        } catch (ReflectiveOperationException | RuntimeException e) {
            reason = e.toString();
            return null;
        }
    }

    private Reader ofChannel(Class<?> type, Class<?> address) throws ReflectiveOperationException {
        warmUp(false);
        return new ChannelReader(jdk.field(type, "remoteAddress", address), jdk.field(type, "localAddress", address));
    }

    /** Links and loads all that a read needs. */
    private static void warmUp(boolean socket) throws ReflectiveOperationException {
        MethodHandles.Lookup here = MethodHandles.lookup();
        Reader reader = socket
                ? new SocketImplReader(
                        here.findVarHandle(WarmUpTarget.class, "address", InetAddress.class),
                        here.findVarHandle(WarmUpTarget.class, "port", int.class),
                        here.findVarHandle(WarmUpTarget.class, "localPort", int.class))
                : new ChannelReader(
                        here.findVarHandle(WarmUpTarget.class, "remote", SocketAddress.class),
                        here.findVarHandle(WarmUpTarget.class, "local", SocketAddress.class));
        WarmUpTarget warmUpTarget = new WarmUpTarget(InetAddress.getLoopbackAddress());
        if (reader.read(warmUpTarget) == null) {
            throw new IllegalStateException("the addresses of a connection cannot be read");
        }
    }
}
