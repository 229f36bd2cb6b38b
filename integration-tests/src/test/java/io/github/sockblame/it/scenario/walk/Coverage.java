// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what was done to what, and what could not be done because the other side was gone. */
final class Coverage {

    private final SortedMap<String, Integer> done = new TreeMap<>();
    private final SortedMap<String, Integer> failed = new TreeMap<>();
    private int virtual;

    synchronized void done(Action action) {
        done.merge(action.kind() + "\t" + action.name(), 1, Integer::sum);
        virtual += action.virtual() ? 1 : 0;
    }

    synchronized void failed(Action action, Exception why) {
        failed.merge(
                action.kind() + "\t" + action.name() + "\t" + why.getClass().getName(), 1, Integer::sum);
    }

    /** How many were done in virtual threads. */
    synchronized int virtual() {
        return virtual;
    }

    synchronized int total() {
        return done.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** A line for each, with tabs: {@code done KIND NAME COUNT} or {@code failed KIND NAME WHY COUNT}. */
    synchronized void print() {
        for (Map.Entry<String, Integer> entry : done.entrySet()) {
            System.out.println("done\t" + entry.getKey() + "\t" + entry.getValue());
        }
        for (Map.Entry<String, Integer> entry : failed.entrySet()) {
            System.out.println("failed\t" + entry.getKey() + "\t" + entry.getValue());
        }
    }
}
