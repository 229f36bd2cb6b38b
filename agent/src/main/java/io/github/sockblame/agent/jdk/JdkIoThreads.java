// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jdk;

import io.github.sockblame.agent.sampling.IoThreadLookup;
import io.github.sockblame.report.Endpoint;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Fields of {@code NioSocketImpl} and {@code SocketChannelImpl}, JDK 17 to 28. The owner of {@code readLock} or
 * {@code writeLock} is the thread, platform or virtual, that is inside the operation.
 *
 * <p>The fields are looked up at the first read, once. In a JDK without these fields, the report shows this source as
 * unused.
 */
public final class JdkIoThreads implements IoThreadLookup {

    private static final String SOCKET = "sun.nio.ch.NioSocketImpl";
    private static final String CHANNEL = "sun.nio.ch.SocketChannelImpl";

    private final JdkAccess jdk;
    private final JdkConnectionAddresses addresses;
    private final JdkThreadStacks stacks;
    private volatile @Nullable Fields socket;
    private volatile @Nullable Fields channel;
    private volatile @Nullable String reason;

    /** The fields of one of the two classes. */
    private static final class Fields {
        private final VarHandle read;
        private final VarHandle write;
        private final VarHandle sync;
        private final VarHandle thread;

        Fields(JdkAccess jdk, Class<?> type) throws ReflectiveOperationException {
            read = jdk.field(type, "readLock", ReentrantLock.class);
            write = jdk.field(type, "writeLock", ReentrantLock.class);
            sync = jdk.field(ReentrantLock.class, "sync", Class.forName(ReentrantLock.class.getName() + "$Sync"));
            thread = jdk.field(AbstractOwnableSynchronizer.class, "exclusiveOwnerThread", Thread.class);
        }

        @Nullable Thread reader(Object owner) {
            return holderOf((ReentrantLock) read.get(owner));
        }

        @Nullable Thread writer(Object owner) {
            return holderOf((ReentrantLock) write.get(owner));
        }

        private @Nullable Thread holderOf(ReentrantLock lock) {
            // the field is not volatile: it may still have a thread that released the lock a moment ago
            return (Thread) thread.getOpaque((AbstractOwnableSynchronizer) sync.get(lock));
        }
    }

    /** Looks up no field yet. */
    public JdkIoThreads(JdkAccess jdk, JdkConnectionAddresses addresses) {
        this.jdk = jdk;
        this.addresses = addresses;
        this.stacks = new JdkThreadStacks(jdk);
    }

    @Override
    public @Nullable Thread writerOf(Object owner) {
        Fields fields = fieldsOf(owner);
        return fields == null ? null : fields.writer(owner);
    }

    @Override
    public @Nullable Thread readerOf(Object owner) {
        Fields fields = fieldsOf(owner);
        return fields == null ? null : fields.reader(owner);
    }

    @Override
    public @Nullable Endpoint remoteOf(Object owner) {
        addresses.registerType(owner);
        addresses.prepareReaders();
        return addresses.remoteOf(owner);
    }

    @Override
    public StackTraceElement @Nullable [] stackOf(Thread thread) {
        return stacks.of(thread);
    }

    private @Nullable Fields fieldsOf(Object owner) {
        if (reason != null) {
            return null;
        }
        try {
            return switch (owner.getClass().getName()) {
                case SOCKET -> ofSocket(owner.getClass());
                case CHANNEL -> ofChannel(owner.getClass());
                default -> null;
            };
        } catch (ReflectiveOperationException | RuntimeException e) {
            reason = e.toString();
            return null;
        }
    }

    private Fields ofSocket(Class<?> type) throws ReflectiveOperationException {
        Fields known = socket;
        if (known == null) {
            known = new Fields(jdk, type);
            socket = known;
        }
        return known;
    }

    private Fields ofChannel(Class<?> type) throws ReflectiveOperationException {
        Fields known = channel;
        if (known == null) {
            known = new Fields(jdk, type);
            channel = known;
        }
        return known;
    }

    @Override
    public @Nullable String failure() {
        String why = reason != null ? reason : stacks.failure();
        return why == null ? addresses.reason() : why;
    }
}
