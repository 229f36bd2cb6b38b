// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.prose;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/** One place where prose breaks a rule: {@code file:line} and the words. */
record ProseHit(ProseRule rule, String file, int line, String words) {

    /** All hits of all rules in the prose of one file. */
    static List<ProseHit> in(String file, String prose) {
        List<ProseHit> hits = new ArrayList<>();
        for (ProseRule rule : ProseRule.values()) {
            Matcher matcher = rule.pattern().matcher(prose);
            while (matcher.find()) {
                hits.add(new ProseHit(
                        rule,
                        file,
                        lineOf(prose, matcher.start()),
                        matcher.group().replaceAll("\\s+", " ")));
            }
        }
        return hits;
    }

    private static int lineOf(String text, int offset) {
        return 1
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    @Override
    public String toString() {
        return file + ":" + line + ": " + words;
    }
}
