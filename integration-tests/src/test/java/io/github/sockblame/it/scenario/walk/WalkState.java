// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the walk holds between two steps, and what it knows of it. Steps run on several threads. */
final class WalkState {

    private static final int MOST_LEFT_OF_A_KIND = 4;

    private final List<Pair> pairs = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final Deque<Zombie> zombies = new ArrayDeque<>();
    private final List<WeakReference<Object>> dropped = new ArrayList<>();
    private final Map<String, Integer> leftForGood = new HashMap<>();
    private int rescues;

    /** A channel that was closed while it was registered with a selector that has not been used since. */
    record Zombie(Selector selector, String kind, int local, int remote) {

        void flush() throws IOException {
            int unused = selector.selectNow();
            selector.close();
        }
    }

    synchronized void add(Pair pair) {
        pairs.add(pair);
    }

    synchronized void add(Listener listener) {
        listeners.add(listener);
    }

    synchronized List<Pair> pairs() {
        return List.copyOf(pairs);
    }

    synchronized List<Zombie> zombies() {
        return List.copyOf(zombies);
    }

    synchronized List<Listener> listeners() {
        return List.copyOf(listeners);
    }

    synchronized void add(Zombie zombie) {
        zombies.add(zombie);
    }

    synchronized void remove(Listener listener) {
        listeners.remove(listener);
    }

    synchronized void remove(Zombie zombie) {
        zombies.remove(zombie);
    }

    /** How many sockets the Cleaner must have closed until now, at least. */
    synchronized int rescues() {
        return rescues;
    }

    /** Whether one more of this kind may be dropped: each that nobody rescues costs a descriptor for good. */
    synchronized boolean mayDrop(String kind, boolean rescued) {
        return rescued || leftForGood.getOrDefault(kind, 0) < MOST_LEFT_OF_A_KIND;
    }

    synchronized void drop(Side side) {
        pairs.replaceAll(pair -> pair.sides().contains(side) ? pair.without(side) : pair);
        drop(side.kind(), side.object(), side.can(Capability.RESCUED));
    }

    synchronized void drop(String kind, Object socket, boolean rescued) {
        dropped.add(new WeakReference<>(socket));
        if (rescued) {
            rescues++;
        } else {
            leftForGood.merge(kind, 1, Integer::sum);
        }
    }

    void closeRegistered(Side side) throws IOException {
        Selector selector = Selector.open();
        SelectableChannel channel = (SelectableChannel) side.object();
        channel.configureBlocking(false).register(selector, SelectionKey.OP_READ);
        side.closedByOthers();
        channel.close();
        add(new Zombie(selector, side.kind(), side.local(), side.remote()));
    }

    /** Lets go of what is over, and waits until the garbage collector has taken what was dropped: nobody may keep that alive. */
    void settle() {
        List<WeakReference<Object>> expected;
        synchronized (this) {
            pairs.removeIf(Pair::isOver);
            expected = List.copyOf(dropped);
            dropped.clear();
        }
        if (!expected.isEmpty()) {
            Threads.until("the collection of " + expected.size() + " dropped sockets", () -> {
                System.gc();
                return expected.stream().allMatch(reference -> reference.refersTo(null));
            });
        }
    }
}
