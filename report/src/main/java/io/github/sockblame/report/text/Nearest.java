// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the word that a user may have meant. */
public final class Nearest {

    /** The most letters that may differ. */
    private static final int MAX_DISTANCE = 2;

    /** A longer word is no typing error. */
    private static final int MAX_LENGTH = 100;

    private Nearest() {}

    /** {@code , did you mean grace?}, with a comma before it; empty if no candidate is near. */
    public static String question(String word, Collection<String> candidates) {
        String nearest = of(word, candidates);
        return nearest == null ? "" : ", did you mean " + nearest + "?";
    }

    /**
     * Returns the candidate with the fewest different letters: at most two, and at most a third of the word. Upper and lower
     * case are alike. Null if there is none.
     */
    public static @Nullable String of(String word, Collection<String> candidates) {
        if (word.length() > MAX_LENGTH) {
            return null;
        }
        int best = Math.min(MAX_DISTANCE, Math.max(1, word.length() / 3)) + 1;
        String nearest = null;
        for (String candidate : candidates) {
            if (candidate.length() <= MAX_LENGTH) {
                int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
                if (distance < best) {
                    best = distance;
                    nearest = candidate;
                }
            }
        }
        return nearest;
    }

    /** The letters to insert, delete, replace, or exchange with their neighbour. */
    private static int distance(String one, String other) {
        int[][] costs = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    costs[i][j] = i + j;
                    continue;
                }
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                costs[i][j] = Math.min(costs[i - 1][j - 1] + change, Math.min(costs[i - 1][j], costs[i][j - 1]) + 1);
                boolean exchanged = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                if (exchanged) {
                    costs[i][j] = Math.min(costs[i][j], costs[i - 2][j - 2] + 1);
                }
            }
        }
        return costs[one.length()][other.length()];
    }
}
