// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import io.github.sockblame.report.Event;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.SocketEvent;
import io.github.sockblame.report.SocketRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the stacks and threads of one role in one site. */
final class PlaceStats {

    private static final int THREADS_NAMED = 3;

    private final Tally<Integer> stacks = new Tally<>();
    private final Tally<String> foldedThreads = new Tally<>();
    private final Map<String, String> folded = new HashMap<>(); // by the name, which is cut once

    void add(@Nullable Event event) {
        if (event != null) {
            add(event.stack(), event.thread());
        }
    }

    void add(SocketRow socket, SocketEvent event) {
        if (socket.has(event)) {
            add(socket.stack(event), socket.thread(event));
        }
    }

    private void add(int stack, String thread) {
        stacks.add(stack);
        foldedThreads.add(folded.computeIfAbsent(thread, PlaceStats::withoutThreadNumber));
    }

    Site.@Nullable Place toPlace() {
        List<Integer> byCount = stacks.mostFrequentFirst();
        if (byCount.isEmpty()) {
            return null;
        }
        List<String> names = foldedThreads.mostFrequentFirst();
        return new Site.Place(
                byCount.get(0),
                byCount.size(),
                new ArrayList<>(names.subList(0, Math.min(THREADS_NAMED, names.size()))),
                folded.size());
    }

    /**
     * {@code http-nio-8080-exec-14} becomes {@code http-nio-8080-exec-*}: the last number distinguishes threads of one
     * pool.
     */
    static String withoutThreadNumber(String thread) {
        int end = thread.length();
        int start = end;
        while (start > 0 && Character.isDigit(thread.charAt(start - 1))) {
            start--;
        }
        return start == end || start == 0 ? thread : thread.substring(0, start) + "*";
    }
}
