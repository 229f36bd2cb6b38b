// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.report.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the kernel does not publish from the JDK's object around a descriptor: a channel, or the implementation of
 * a {@code java.net.Socket}. The read is from another thread, at the time of a report.
 */
public interface IoThreadLookup {

    /** The name of this source in a report. */
    String NAME = "fields of the JDK's sockets";

    /** The thread that writes, by the lock that it holds meanwhile; null if there is none, or if it cannot be read. */
    @Nullable Thread writerOf(Object owner);

    /** The thread that reads, connects or accepts; null if there is none, or if it cannot be read. */
    @Nullable Thread readerOf(Object owner);

    /**
     * The present stack of a thread; empty if it has ended, null if the stack cannot be read. It runs no code of the
     * program, because the thread's class may be the program's.
     */
    StackTraceElement @Nullable [] stackOf(Thread thread);

    /** The present or last remote address; null if there is none, or if it cannot be read. */
    @Nullable Endpoint remoteOf(Object owner);

    /** Why this lookup does not work in this JVM; null if it works. */
    @Nullable String failure();
}
