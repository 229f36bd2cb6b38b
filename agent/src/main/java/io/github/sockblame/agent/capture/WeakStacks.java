// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A set of stacks that does not keep them alive, and the memory that they use. Not safe for several threads. */
final class WeakStacks {

    /** The memory of a stack beside its frames: the stack, its array, its reference, and the entries of two maps. */
    static final long STACK_BYTES = 208;

    /** A reference to a shared frame, in a heap of less than 32 GB. */
    static final long REFERENCE_BYTES = 4;

    private final Map<Object, Entry> entries = new HashMap<>();
    private final ReferenceQueue<CallStack> collected = new ReferenceQueue<>();
    private long bytes;

    /** A stack in the set. */
    private static final class Entry extends WeakReference<CallStack> {

        private final int hash;
        private final long bytes;

        Entry(CallStack stack, ReferenceQueue<CallStack> queue) {
            super(stack, queue);
            hash = stack.hashCode();
            bytes = bytesOf(stack);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** Finds the entry of an equal stack: a map calls the {@code equals} of the key that it is given. */
    private record Probe(CallStack stack) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Entry entry && stack.equals(entry.get());
        }

        @Override
        public int hashCode() {
            return stack.hashCode();
        }
    }

    static long bytesOf(CallStack stack) {
        return STACK_BYTES + REFERENCE_BYTES * stack.depth();
    }

    /** The stack in the set that equals this one; null if there is none. */
    @Nullable CallStack find(CallStack stack) {
        Entry entry = entries.get(new Probe(stack));
        return entry == null ? null : entry.get();
    }

    /** Adds a stack that has no equal in the set. */
    void add(CallStack stack) {
        Entry entry = new Entry(stack, collected);
        entries.put(entry, entry);
        bytes += entry.bytes;
    }

    /** Removes the stacks that the garbage collector has taken. Returns how many there were. */
    int removeCollected() {
        int removed = 0;
        for (Reference<? extends CallStack> next = collected.poll(); next != null; next = collected.poll()) {
            if (next instanceof Entry entry && entries.remove(entry) != null) {
                bytes -= entry.bytes;
                removed++;
            }
        }
        return removed;
    }

    /** Removes the stacks to which this applies. */
    void removeIf(Predicate<CallStack> condition) {
        for (Iterator<Entry> all = entries.values().iterator(); all.hasNext(); ) {
            Entry entry = all.next();
            CallStack stack = entry.get();
            if (stack == null || condition.test(stack)) {
                all.remove();
                bytes -= entry.bytes;
            }
        }
    }

    void forEach(Consumer<CallStack> action) {
        for (Entry entry : entries.values()) {
            CallStack stack = entry.get();
            if (stack != null) {
                action.accept(stack);
            }
        }
    }

    int size() {
        return entries.size();
    }

    /** The memory of all of them, without their frames. */
    long bytes() {
        return bytes;
    }
}
