// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.join.ActiveThread;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.agent.log.InternalErrors;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** Finds the threads that are inside operations, for one reading: it captures each thread's stack once. */
final class ActiveThreads {

    /**
     * The capture of a stack stops its thread for some microseconds: a report on thousands of stuck threads needs only
     * some of them.
     */
    private static final int MOST_STACKS = 100;

    private final IoThreadLookup owners;
    private final IdentityHashMap<Thread, CapturedEvent> stacks = new IdentityHashMap<>();

    ActiveThreads(IoThreadLookup owners) {
        this.owners = owners;
    }

    /** The thread that writes to this socket, or else the one that reads from it; null if there is none. */
    @Nullable ActiveThread of(TrackedSocket socket) {
        Object owner = socket.owner();
        if (owner == null) {
            return null;
        }
        Thread writer = owners.writerOf(owner);
        Thread thread = writer != null ? writer : owners.readerOf(owner);
        return thread == null ? null : new ActiveThread(stackOf(thread), writer != null);
    }

    private CapturedEvent stackOf(Thread thread) {
        CapturedEvent known = stacks.get(thread);
        if (known == null) {
            CapturedEvent standing = stacks.size() < MOST_STACKS ? take(thread) : null;
            known = standing == null ? CapturedEvent.of(thread) : standing;
            stacks.put(thread, known);
        }
        return known;
    }

    private static @Nullable CapturedEvent take(Thread thread) {
        try {
            return CapturedEvent.currentStackOf(thread);
        } catch (RuntimeException e) {
            InternalErrors.count(e); // a class of the program overrides it
            return null;
        }
    }
}
