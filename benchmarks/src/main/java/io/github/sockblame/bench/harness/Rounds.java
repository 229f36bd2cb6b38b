// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.harness;

import java.util.List;
import java.util.Map;

/** The figures of the variants, round by round. */
public final class Rounds {

    private final Map<String, List<Figures>> told;

    Rounds(Map<String, List<Figures>> told) {
        this.told = told;
    }

    /** One figure of one variant. */
    public Sample of(Variant variant, String figure) {
        return of(variant.name(), figure);
    }

    /** The same by the variant's name. */
    public Sample of(String variant, String figure) {
        List<Figures> rounds = told.get(variant);
        if (rounds == null) {
            throw new IllegalArgumentException("no variant " + variant);
        }
        return Sample.of(rounds.stream().map(figures -> figures.get(figure)).toList());
    }
}
