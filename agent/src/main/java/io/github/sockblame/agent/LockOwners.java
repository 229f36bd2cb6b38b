// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.bootstrap.JdkDoor;
import io.github.sockblame.agent.kernel.SourceAnswer;
import io.github.sockblame.agent.watch.IoThreads;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The owners of {@code readLock} and {@code writeLock} in {@code NioSocketImpl} and {@code SocketChannelImpl}, JDK 17 to 28: each is held for
 * as long as a thread, platform or virtual, is inside the operation.
 *
 * <p>Looked up when the first socket is asked about, and then once for all. A JDK without these fields is told of as a source that does not
 * answer.
 */
final class LockOwners implements IoThreads {

    private static final String NAME = "locks of sockets";

    private final JdkDoor door;
    private volatile @Nullable Locks socket;
    private volatile @Nullable Locks channel;
    private volatile @Nullable String reason;

    /** The two fields of one class, and the way from a lock to its owner. */
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

    LockOwners(JdkDoor door) {
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

    private @Nullable Locks locksOf(Object owner) {
        if (reason != null) {
            return null;
        }
        try {
            return switch (owner.getClass().getName()) {
                case "sun.nio.ch.NioSocketImpl" -> socket(owner);
                case "sun.nio.ch.SocketChannelImpl" -> channel(owner);
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
