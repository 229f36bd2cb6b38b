// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.filter;

import io.github.sockblame.report.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A recursive-descent parser for filters. {@code not} binds more tightly than {@code and}, and {@code and} more tightly than {@code or}; two
 * conditions without a word between them are joined by {@code and}.
 */
final class FilterParser {

    private static final int MAX_DEPTH = 100;

    /** The tokens that end a sequence of conditions. */
    private static final Set<String> ENDS = Set.of("or", "|", "||", ")");

    /** The conditions by their names. */
    private static final Map<String, Condition> CONDITIONS = Map.of(
            "state", SocketConditions::state,
            "exclude", tokens -> SocketConditions.state(tokens).negate(),
            "dport", tokens -> SocketConditions.port(tokens, Socket::remote),
            "sport", tokens -> SocketConditions.port(tokens, Socket::local),
            "dst", tokens -> SocketConditions.address(tokens, Socket::remote),
            "src", tokens -> SocketConditions.address(tokens, Socket::local),
            "fd", SocketConditions::descriptor,
            "verdict", SocketConditions::verdict,
            "tracked", tokens -> socket -> socket.origin().isTracked(),
            "untracked", tokens -> socket -> !socket.origin().isTracked());

    private final FilterTokens tokens;
    private int depth;

    /** Reads what follows the name of a condition. */
    @FunctionalInterface
    private interface Condition {
        Predicate<Socket> read(FilterTokens tokens) throws FilterException;
    }

    FilterParser(List<String> words) {
        this.tokens = FilterTokens.of(words);
    }

    Predicate<Socket> parse() throws FilterException {
        Predicate<Socket> filter = parseOr();
        if (tokens.hasNext()) {
            throw tokens.error("this ')' has no '('");
        }
        return filter;
    }

    private Predicate<Socket> parseOr() throws FilterException {
        enter();
        Predicate<Socket> left = parseAnd();
        while (tokens.tryAccept("or", "|", "||")) {
            left = left.or(parseAnd());
        }
        depth--;
        return left;
    }

    private Predicate<Socket> parseAnd() throws FilterException {
        Predicate<Socket> left = parsePrimary();
        while (tokens.tryAccept("and", "&", "&&") || (tokens.hasNext() && !ENDS.contains(tokens.peek()))) {
            left = left.and(parsePrimary());
        }
        return left;
    }

    private Predicate<Socket> parsePrimary() throws FilterException {
        if (tokens.tryAccept("not", "!")) {
            enter();
            Predicate<Socket> not = parsePrimary().negate();
            depth--;
            return not;
        }
        if (tokens.tryAccept("(")) {
            Predicate<Socket> inside = parseOr();
            if (!tokens.tryAccept(")")) {
                throw tokens.error("')' is missing");
            }
            return inside;
        }
        return parseCondition();
    }

    private Predicate<Socket> parseCondition() throws FilterException {
        Condition condition = CONDITIONS.get(tokens.peek());
        if (condition == null) {
            throw tokens.error(
                    "expected state, exclude, dport, sport, dst, src, fd, verdict, tracked, untracked, not or '('");
        }
        tokens.advance();
        return condition.read(tokens);
    }

    private void enter() throws FilterException {
        if (++depth > MAX_DEPTH) {
            throw tokens.error("too deep");
        }
    }
}
