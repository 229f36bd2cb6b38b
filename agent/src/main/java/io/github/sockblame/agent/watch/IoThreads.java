// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.agent.kernel.SourceAnswer;
import org.jspecify.annotations.Nullable;

/**
 * Tells which threads are inside an operation on a socket at this moment. Only of the JDK's own sockets and channels, by the locks that
 * they hold meanwhile.
 */
public interface IoThreads {

    /**
     * The thread that writes; null if there is none, or if that cannot be known.
     *
     * @param owner a channel, or the implementation of a {@code java.net.Socket}
     */
    @Nullable Thread writerOf(Object owner);

    /** The thread that reads, connects or accepts; null if there is none, or if that cannot be known. */
    @Nullable Thread readerOf(Object owner);

    /** Whether threads can be told at all, and if not, why. */
    SourceAnswer answer();
}
