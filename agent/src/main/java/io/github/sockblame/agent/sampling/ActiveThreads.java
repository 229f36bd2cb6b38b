// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.join.ActiveThread;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.TrackedSocket;
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
    private final LedgerView ledger;
    private final IdentityHashMap<Thread, CapturedEvent> stacks = new IdentityHashMap<>();

    ActiveThreads(IoThreadLookup owners, LedgerView ledger) {
        this.owners = owners;
        this.ledger = ledger;
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
            StackTraceElement[] frames = stacks.size() < MOST_STACKS ? owners.stackOf(thread) : null;
            known = frames == null ? CapturedEvent.of(thread) : ledger.presentAction(thread, frames);
            stacks.put(thread, known);
        }
        return known;
    }
}
