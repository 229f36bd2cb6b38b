// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.culprit;

import io.github.sockblame.report.ProgramPackageSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What shows which code is the program's.
 *
 * @param mainClass the class with which the program starts; null if unknown
 * @param placed packages that have classes where programs have theirs, each with that place
 * @param unplaced packages with classes that come from no file, as those of a script: they are no library's
 */
public record ProgramEvidence(
        @Nullable String mainClass, Map<String, ProgramPackageSource> placed, Set<String> unplaced) {

    /** No evidence at all. */
    public static final ProgramEvidence NONE = new ProgramEvidence(null, Map.of(), Set.of());

    public ProgramEvidence {
        placed = Map.copyOf(placed);
        unplaced = Set.copyOf(unplaced);
    }
}
