// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.filter;

import java.util.function.IntPredicate;

/** A comparison of {@code ss}, as a sign or a word. */
enum Operator {
    EQUAL(order -> order == 0, "=", "==", "eq"),
    NOT_EQUAL(order -> order != 0, "!=", "ne", "neq"),
    LESS(order -> order < 0, "<", "lt"),
    LESS_OR_EQUAL(order -> order <= 0, "<=", "le", "leq"),
    GREATER(order -> order > 0, ">", "gt"),
    GREATER_OR_EQUAL(order -> order >= 0, ">=", "ge", "geq");

    private final IntPredicate order;
    private final String[] spellings;

    Operator(IntPredicate order, String... spellings) {
        this.order = order;
        this.spellings = spellings;
    }

    /** Reads an operator; without one it is equality. */
    static Operator read(FilterTokens tokens) {
        for (Operator operator : values()) {
            if (tokens.tryAccept(operator.spellings)) {
                return operator;
            }
        }
        return EQUAL;
    }

    /** Returns whether {@code left operator right} is true. */
    boolean holds(int left, int right) {
        return order.test(Integer.compare(left, right));
    }
}
