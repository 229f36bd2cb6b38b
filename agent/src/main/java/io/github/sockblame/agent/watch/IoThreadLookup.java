// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.agent.kernel.SourceStatus;
import io.github.sockblame.report.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK's object around a descriptor knows and the kernel does not tell: a channel, or the implementation of a {@code java.net.Socket}.
 * Read from outside, at the time of a report.
 */
public interface IoThreadLookup {

    /** The thread that writes, by the lock that it holds meanwhile; null if there is none, or if that cannot be known. */
    @Nullable Thread writerOf(Object owner);

    /** The thread that reads, connects or accepts; null if there is none, or if that cannot be known. */
    @Nullable Thread readerOf(Object owner);

    /** The address that it is, or was, connected to; null if there is none, or if that cannot be known. */
    @Nullable Endpoint remoteOf(Object owner);

    /** Whether that can be told at all, and if not, why. */
    SourceStatus answer();
}
