// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.verdict;

import io.github.sockblame.it.harness.ReportView;
import io.github.sockblame.it.verdict.CorpusCase.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Collects the accusations of all reports while a program stands: a proper use must not be accused in any of them. */
final class CorpusWatch {

    private final Map<CorpusCase, Set<String>> accusations = new LinkedHashMap<>();

    CorpusWatch(List<CorpusCase> cases) {
        for (CorpusCase one : cases) {
            accusations.put(one, new TreeSet<>());
        }
    }

    void add(ReportView report) {
        accusations.forEach((one, seen) -> seen.addAll(one.accusations(report)));
    }

    List<Outcome> outcomes(ReportView last) {
        return accusations.entrySet().stream()
                .map(entry -> entry.getKey().in(last, entry.getValue()))
                .toList();
    }
}
