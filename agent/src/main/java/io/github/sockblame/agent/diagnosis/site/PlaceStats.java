// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import io.github.sockblame.report.Event;
import io.github.sockblame.report.Site;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts the stacks and threads of one role in one site. */
final class PlaceStats {

    private static final int THREADS_NAMED = 3;

    private final Tally<Integer> stacks = new Tally<>();
    private final Tally<String> foldedThreads = new Tally<>();
    private final Set<String> threads = new HashSet<>();

    void add(@Nullable Event event) {
        if (event != null) {
            stacks.add(event.stack());
            foldedThreads.add(withoutThreadNumber(event.thread()));
            threads.add(event.thread());
        }
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
                threads.size());
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
