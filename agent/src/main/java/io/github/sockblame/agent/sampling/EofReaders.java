// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.join.EofReader;
import io.github.sockblame.report.Frame;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds, for one reading, whether the threads that read an EOF are still in the code that read it. It captures each
 * thread's stack once.
 */
final class EofReaders {

    /** The capture of a stack stops its thread for some microseconds. */
    private static final int MOST_STACKS = 100;

    /*
     * The streams of a socket: their thread waits for the data. A thread that reads a channel may be an event loop, which
     * goes on to others at once, whatever the program does with the EOF.
     */
    private static final String SOCKETS = "sun.nio.ch.NioSocketImpl";
    private static final String STREAMS = "java.net.Socket";
    private static final String TLS_STREAMS = "sun.security.ssl.SSLSocketImpl";

    private final IoThreadLookup threads;
    private final CulpritFinder culprits;
    private final IdentityHashMap<Thread, StackTraceElement[]> stacks = new IdentityHashMap<>();

    EofReaders(IoThreadLookup threads, CulpritFinder culprits) {
        this.threads = threads;
        this.culprits = culprits;
    }

    /**
     * What became of the thread that read this EOF.
     *
     * @param thread null if it was collected
     */
    EofReader of(CapturedEvent eof, @Nullable Thread thread) {
        Frame reader = culprits.culpritOrEntry(eof.stack());
        if (reader == null || !isReadOfWaitingThread(eof.stack().frames())) {
            return EofReader.UNKNOWN;
        }
        if (thread == null) {
            return EofReader.GONE;
        }
        StackTraceElement[] present = stackOf(thread);
        if (present == null) {
            return EofReader.UNKNOWN;
        }
        for (StackTraceElement frame : present) {
            if (frame.getMethodName().equals(reader.method())
                    && frame.getClassName().equals(reader.className())) {
                return EofReader.THERE;
            }
        }
        return EofReader.GONE;
    }

    private static boolean isReadOfWaitingThread(List<StackTraceElement> frames) {
        for (StackTraceElement frame : frames) {
            String name = frame.getClassName();
            if (name.equals(SOCKETS) || name.startsWith(STREAMS) || name.startsWith(TLS_STREAMS)) {
                return true;
            }
        }
        return false;
    }

    /** The present stack; null if it cannot be read. */
    private StackTraceElement @Nullable [] stackOf(Thread thread) {
        StackTraceElement[] known = stacks.get(thread);
        if (known != null) {
            return known;
        }
        StackTraceElement[] present = stacks.size() < MOST_STACKS ? threads.stackOf(thread) : null;
        if (present != null) {
            stacks.put(thread, present);
        }
        return present;
    }
}
