// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.report.Endpoint;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** Threads that are said to be inside operations. */
public final class FakeOwners implements IoThreadLookup {

    public static final IoThreadLookup NONE = new FakeOwners();

    private final IdentityHashMap<Object, Thread> writers = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Thread> readers = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Endpoint> remotes = new IdentityHashMap<>();
    private boolean stacks = true;

    FakeOwners withoutStacks() {
        stacks = false;
        return this;
    }

    FakeOwners writes(Object owner, Thread thread) {
        writers.put(owner, thread);
        return this;
    }

    FakeOwners reads(Object owner, Thread thread) {
        readers.put(owner, thread);
        return this;
    }

    FakeOwners connected(Object owner, Endpoint remote) {
        remotes.put(owner, remote);
        return this;
    }

    @Override
    public @Nullable Thread writerOf(Object owner) {
        return writers.get(owner);
    }

    @Override
    public @Nullable Thread readerOf(Object owner) {
        return readers.get(owner);
    }

    @Override
    public StackTraceElement @Nullable [] stackOf(Thread thread) {
        return stacks ? Thread.getAllStackTraces().getOrDefault(thread, new StackTraceElement[0]) : null;
    }

    @Override
    public @Nullable Endpoint remoteOf(Object owner) {
        return remotes.get(owner);
    }

    @Override
    public @Nullable String failure() {
        return null;
    }
}
