// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.filter;

/** A comparison of {@code ss}, as a sign or a word. */
enum Operator {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    /** Reads an operator; without one it is equality. */
    static Operator read(FilterTokens tokens) {
        if (tokens.tryAccept("!=", "ne", "neq")) {
            return NOT_EQUAL;
        }
        if (tokens.tryAccept("<", "lt")) {
            return LESS;
        }
        if (tokens.tryAccept("<=", "le", "leq")) {
            return LESS_OR_EQUAL;
        }
        if (tokens.tryAccept(">", "gt")) {
            return GREATER;
        }
        if (tokens.tryAccept(">=", "ge", "geq")) {
            return GREATER_OR_EQUAL;
        }
        boolean unused = tokens.tryAccept("=", "==", "eq");
        return EQUAL;
    }

    /** Returns whether {@code left operator right} is true. */
    boolean holds(int left, int right) {
        return switch (this) {
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
            case LESS -> left < right;
            case LESS_OR_EQUAL -> left <= right;
            case GREATER -> left > right;
            case GREATER_OR_EQUAL -> left >= right;
        };
    }
}
