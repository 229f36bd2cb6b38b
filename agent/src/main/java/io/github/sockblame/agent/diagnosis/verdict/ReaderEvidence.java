// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import io.github.sockblame.agent.join.EofReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The facts behind the verdict FORGOTTEN that the threads show which read the EOF. */
public final class ReaderEvidence {

    private ReaderEvidence() {}

    /** The sentences for sockets of one site, by what became of the thread of each. */
    public static List<String> of(List<EofReader> readers) {
        List<String> lines = new ArrayList<>();
        add(
                lines,
                readers,
                EofReader.GONE,
                "the thread that read the EOF has ended, or has left the code that read it");
        add(lines, readers, EofReader.THERE, "the thread that read the EOF is still in the code that read it");
        return lines;
    }

    private static void add(List<String> lines, List<EofReader> readers, EofReader reader, String sentence) {
        int count = Collections.frequency(readers, reader);
        if (count > 0) {
            lines.add("evidence: " + (count == readers.size() ? "" : "of " + count + " of them: ") + sentence);
        }
    }
}
