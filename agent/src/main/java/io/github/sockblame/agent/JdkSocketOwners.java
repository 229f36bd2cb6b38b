// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.bootstrap.JdkDoor;
import io.github.sockblame.agent.kernel.SourceAnswer;
import io.github.sockblame.agent.watch.SocketOwners;
import io.github.sockblame.report.Endpoint;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketImpl;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Fields of {@code NioSocketImpl} and {@code SocketChannelImpl}, JDK 17 to 28. The owner of {@code readLock} or {@code writeLock} is the thread,
 * platform or virtual, that is inside the operation.
 *
 * <p>Looked up when the first socket is asked about, and then once for all. A JDK without these fields is told of as a source that does not
 * answer.
 */
final class JdkSocketOwners implements SocketOwners {

    private static final String NAME = "fields of the JDK's sockets";

    private static final String SOCKET = "sun.nio.ch.NioSocketImpl";
    private static final String CHANNEL = "sun.nio.ch.SocketChannelImpl";

    private final JdkDoor door;
    private volatile @Nullable Locks socket;
    private volatile @Nullable Locks channel;
    private volatile @Nullable VarHandle remoteOfChannel;
    private volatile @Nullable SocketAddresses remoteOfSocket;
    private volatile @Nullable String reason;

    /** The two locks of one class, and the way from a lock to its owner. */
    private static final class Locks {
        final VarHandle read;
        final VarHandle write;
        final VarHandle sync;
        final VarHandle owner;

        Locks(JdkDoor door, Class<?> type) throws ReflectiveOperationException {
            read = door.field(type, "readLock", ReentrantLock.class);
            write = door.field(type, "writeLock", ReentrantLock.class);
            sync = door.field(ReentrantLock.class, "sync", Class.forName(ReentrantLock.class.getName() + "$Sync"));
            owner = door.field(AbstractOwnableSynchronizer.class, "exclusiveOwnerThread", Thread.class);
        }

        @Nullable Thread ownerOf(VarHandle lock, Object of) {
            // the field is not volatile: a thread that let go of the lock a moment ago may still stand there
            return (Thread) owner.getOpaque((AbstractOwnableSynchronizer) sync.get((ReentrantLock) lock.get(of)));
        }
    }

    /** The remote address of a {@code SocketImpl}. */
    private static final class SocketAddresses {
        final VarHandle address;
        final VarHandle port;

        SocketAddresses(JdkDoor door) throws ReflectiveOperationException {
            address = door.field(SocketImpl.class, "address", InetAddress.class);
            port = door.field(SocketImpl.class, "port", int.class);
        }

        @Nullable Endpoint remoteOf(SocketImpl of) {
            InetAddress remote = (InetAddress) address.get(of);
            return remote == null ? null : endpoint(remote, (int) port.get(of));
        }
    }

    JdkSocketOwners(JdkDoor door) {
        this.door = door;
    }

    @Override
    public @Nullable Thread writerOf(Object owner) {
        Locks locks = locksOf(owner);
        return locks == null ? null : locks.ownerOf(locks.write, owner);
    }

    @Override
    public @Nullable Thread readerOf(Object owner) {
        Locks locks = locksOf(owner);
        return locks == null ? null : locks.ownerOf(locks.read, owner);
    }

    @Override
    public @Nullable Endpoint remoteOf(Object owner) {
        if (reason != null) {
            return null;
        }
        try {
            return switch (owner.getClass().getName()) {
                case SOCKET -> addressesOfSockets().remoteOf((SocketImpl) owner);
                case CHANNEL -> remoteOfChannel(owner);
                default -> null;
            };
        } catch (ReflectiveOperationException | RuntimeException e) {
            reason = e.toString();
            return null;
        }
    }

    private @Nullable Endpoint remoteOfChannel(Object owner) throws ReflectiveOperationException {
        VarHandle known = remoteOfChannel;
        if (known == null) {
            known = door.field(owner.getClass(), "remoteAddress", SocketAddress.class);
            remoteOfChannel = known;
        }
        return (SocketAddress) known.get(owner) instanceof InetSocketAddress remote && remote.getAddress() != null
                ? endpoint(remote.getAddress(), remote.getPort())
                : null;
    }

    private SocketAddresses addressesOfSockets() throws ReflectiveOperationException {
        SocketAddresses known = remoteOfSocket;
        if (known == null) {
            known = new SocketAddresses(door);
            remoteOfSocket = known;
        }
        return known;
    }

    /** Without the name of an interface behind a link-local address. */
    private static Endpoint endpoint(InetAddress address, int port) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return new Endpoint(scope < 0 ? text : text.substring(0, scope), port);
    }

    private @Nullable Locks locksOf(Object owner) {
        if (reason != null) {
            return null;
        }
        try {
            return switch (owner.getClass().getName()) {
                case SOCKET -> socket(owner);
                case CHANNEL -> channel(owner);
                default -> null;
            };
        } catch (ReflectiveOperationException | RuntimeException e) {
            reason = e.toString();
            return null;
        }
    }

    private Locks socket(Object owner) throws ReflectiveOperationException {
        Locks known = socket;
        if (known == null) {
            known = new Locks(door, owner.getClass());
            socket = known;
        }
        return known;
    }

    private Locks channel(Object owner) throws ReflectiveOperationException {
        Locks known = channel;
        if (known == null) {
            known = new Locks(door, owner.getClass());
            channel = known;
        }
        return known;
    }

    @Override
    public SourceAnswer answer() {
        String why = reason;
        return new SourceAnswer(NAME, why == null, why);
    }
}
