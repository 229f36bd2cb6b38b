// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The facts behind a verdict that the siblings of a connection show. */
public final class SiblingEvidence {

    private SiblingEvidence() {}

    /** The sentences for sockets of one site, by what was found for each; null where nothing was. */
    public static List<String> of(List<? extends @Nullable SiblingFinding> findings) {
        List<String> lines = new ArrayList<>();
        for (SiblingFinding finding : SiblingFinding.values()) {
            int count = 0;
            for (SiblingFinding found : findings) {
                count += found == finding ? 1 : 0;
            }
            if (count > 0) {
                lines.add("evidence: " + (count == findings.size() ? "" : "of " + count + " of them: ")
                        + finding.sentence());
            }
        }
        return lines;
    }
}
