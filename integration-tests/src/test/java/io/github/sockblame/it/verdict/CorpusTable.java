// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.verdict;

import io.github.sockblame.it.verdict.CorpusCase.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What was seen of each case of the corpus: the text of docs/generated/corpus.md. */
final class CorpusTable {

    private static final String VARIES = "varies";

    private final Map<String, String> differences;
    private final Map<String, String> varying;
    private final List<Outcome> outcomes = new ArrayList<>();

    /** With what is known to differ, always or in some runs, and why, by the names of the cases. */
    CorpusTable(Map<String, String> differences, Map<String, String> varying) {
        this.differences = differences;
        this.varying = varying;
    }

    /** What comes twice counts as it came last. */
    void add(List<Outcome> seen) {
        List<Outcome> more = seen.stream()
                .map(outcome -> varying.containsKey(outcome.of().name()) ? outcome.varying(VARIES) : outcome)
                .toList();
        List<String> names = more.stream().map(outcome -> outcome.of().name()).toList();
        outcomes.removeIf(known -> names.contains(known.of().name()));
        outcomes.addAll(more);
        outcomes.sort(Comparator.comparing((Outcome outcome) -> outcome.of().library()));
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("With `" + CorpusRun.SHORT_GRACE.options() + "`:");
        lines.add("");
        lines.addAll(lines(CorpusRun.SHORT_GRACE));
        lines.add("");
        lines.add("## With default options");
        lines.add("");
        lines.addAll(lines(CorpusRun.DEFAULT_OPTIONS));
        return lines;
    }

    private List<String> lines(CorpusRun run) {
        List<Outcome> leaks = those(run, outcome -> outcome.of().isLeak());
        List<Outcome> proper = those(run, outcome -> !outcome.of().isLeak());
        List<String> lines = new ArrayList<>();
        lines.add("Leaks named with their verdict and the right frame: **" + count(leaks, true) + " of " + leaks.size()
                + "**. Proper uses accused: **" + count(proper, false) + " of " + proper.size() + "**.");
        lines.add("");
        lines.add("| library | leak | expected | seen | to blame | named |");
        lines.add("|---|---|---|---|---|---|");
        for (Outcome leak : leaks) {
            String named = marked("`" + leak.named() + "`", leak.rightFrame());
            lines.add(row(leak) + " `" + leak.of().culprit() + "` | " + named + " |");
        }
        lines.add("");
        lines.add("| library | proper use | expected | seen |");
        lines.add("|---|---|---|---|");
        proper.forEach(outcome -> lines.add(row(outcome)));
        List<Outcome> otherwise = those(run, outcome -> !outcome.asExpected());
        if (!otherwise.isEmpty()) {
            lines.add("");
            lines.add("Rows with **bold** words are not as expected:");
            lines.add("");
            for (Outcome outcome : otherwise) {
                String name = outcome.of().name();
                String why = differences.getOrDefault(name, varying.getOrDefault(name, "not known why"));
                lines.add("- " + name + ": " + why);
            }
        }
        return lines;
    }

    List<String> names() {
        return outcomes.stream().map(outcome -> outcome.of().name()).toList();
    }

    /** The rows of the cases, without the totals. */
    List<String> rows() {
        return lines().stream().filter(line -> line.startsWith("| ")).toList();
    }

    private static String row(Outcome outcome) {
        return "| " + outcome.of().library() + " | " + outcome.of().what() + " | "
                + outcome.of().expected() + " | " + marked(outcome.seen(), outcome.rightVerdict()) + " |";
    }

    private static String marked(String text, boolean right) {
        return right ? text : "**" + text + "**";
    }

    private List<Outcome> those(CorpusRun run, Predicate<Outcome> wanted) {
        return outcomes.stream()
                .filter(outcome -> outcome.of().mark().equals(run.mark()))
                .filter(wanted)
                .toList();
    }

    private static long count(List<Outcome> some, boolean asExpected) {
        return some.stream()
                .filter(outcome -> outcome.asExpected() == asExpected)
                .count();
    }
}
