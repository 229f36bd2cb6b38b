// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.filter;

import io.github.sockblame.report.Digits;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Network;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Descends through a filter; {@code not} binds closer than {@code and}, that closer than {@code or}; without a word between two it is {@code and}. */
final class FilterParser {

    private static final int DEEPEST = 100;

    private static final Set<TcpState> NOT_CONNECTED = EnumSet.of(TcpState.LISTEN, TcpState.CLOSE);

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int next;
    private int depth;

    /** One word, and where it stands. */
    private record Token(String word, int at) {}

    FilterParser(List<String> words) {
        text = String.join(" ", words).replace('\n', ' ').replace('\t', ' ');
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? ' ' : text.charAt(i);
            boolean single = c == '(' || c == ')' || (c == '!' && !isAt(i + 1, '='));
            if (c == ' ' || single) {
                if (start >= 0) {
                    tokens.add(new Token(text.substring(start, i), start));
                    start = -1;
                }
                if (single) {
                    tokens.add(new Token(String.valueOf(c), i));
                }
            } else if (start < 0) {
                start = i;
            }
        }
    }

    private boolean isAt(int index, char c) {
        return index < text.length() && text.charAt(index) == c;
    }

    Predicate<Socket> parse() throws FilterException {
        Predicate<Socket> all = parseOr();
        if (next < tokens.size()) {
            throw error("nothing is open here to be closed");
        }
        return all;
    }

    private Predicate<Socket> parseOr() throws FilterException {
        if (++depth > DEEPEST) {
            throw error("too deep");
        }
        Predicate<Socket> left = parseAnd();
        while (accept("or", "|", "||")) {
            left = left.or(parseAnd());
        }
        depth--;
        return left;
    }

    private Predicate<Socket> parseAnd() throws FilterException {
        Predicate<Socket> left = parsePrimary();
        while (accept("and", "&", "&&") || begins()) {
            left = left.and(parsePrimary());
        }
        return left;
    }

    /** Whether another condition follows without a word between. */
    private boolean begins() {
        return next < tokens.size() && !Set.of("or", "|", "||", ")").contains(word());
    }

    private Predicate<Socket> parsePrimary() throws FilterException {
        if (accept("not", "!")) {
            if (++depth > DEEPEST) {
                throw error("too deep");
            }
            Predicate<Socket> not = parsePrimary().negate();
            depth--;
            return not;
        }
        if (accept("(")) {
            Predicate<Socket> inside = parseOr();
            if (!accept(")")) {
                throw error("')' is missing");
            }
            return inside;
        }
        if (accept("state")) {
            return state();
        }
        if (accept("exclude")) {
            return state().negate();
        }
        if (accept("dport")) {
            return port(Socket::remote);
        }
        if (accept("sport")) {
            return port(Socket::local);
        }
        if (accept("dst")) {
            return address(Socket::remote);
        }
        if (accept("src")) {
            return address(Socket::local);
        }
        if (accept("fd")) {
            return descriptor();
        }
        if (accept("verdict")) {
            return verdict();
        }
        if (accept("tracked")) {
            return socket -> socket.origin().isTracked();
        }
        if (accept("untracked")) {
            return socket -> !socket.origin().isTracked();
        }
        throw error("expected state, exclude, dport, sport, dst, src, fd, verdict, tracked, untracked, not or '('");
    }

    private Predicate<Socket> state() throws FilterException {
        String name = next < tokens.size() ? word().toLowerCase(Locale.ROOT).replace('_', '-') : "";
        Set<TcpState> states = switch (name) {
            case "all" -> EnumSet.allOf(TcpState.class);
            case "connected" -> EnumSet.complementOf(EnumSet.copyOf(NOT_CONNECTED));
            case "synchronized" -> {
                EnumSet<TcpState> some = EnumSet.complementOf(EnumSet.copyOf(NOT_CONNECTED));
                some.remove(TcpState.SYN_SENT);
                yield some;
            }
            case "established" -> EnumSet.of(TcpState.ESTABLISHED);
            case "listening" -> EnumSet.of(TcpState.LISTEN);
            case "closed", "close" -> EnumSet.of(TcpState.CLOSE);
            default -> named(name);
        };
        next++;
        return socket -> socket.state() != null && states.contains(socket.state());
    }

    private Set<TcpState> named(String name) throws FilterException {
        TcpState state = TcpState.ofName(name);
        if (state != null) {
            return EnumSet.of(state);
        }
        throw error("no such state; there are all, connected, synchronized, established, listening, closed, "
                + Stream.of(TcpState.values()).map(TcpState::filterName).collect(Collectors.joining(", ")));
    }

    private Predicate<Socket> port(Function<Socket, @Nullable Endpoint> end) throws FilterException {
        String sign = operator();
        String figure = next < tokens.size() ? word() : "";
        int port = Digits.parse(figure.startsWith(":") ? figure.substring(1) : figure, 5, 10);
        if (port < 0 || port > 65535) {
            throw error("expected a port like :443");
        }
        next++;
        return socket -> {
            Endpoint endpoint = end.apply(socket);
            return endpoint != null && holds(Integer.compare(endpoint.port(), port), sign);
        };
    }

    private Predicate<Socket> descriptor() throws FilterException {
        String sign = operator();
        int fd = next < tokens.size() ? Digits.parse(word(), 9, 10) : -1;
        if (fd < 0) {
            throw error("expected the number of a descriptor");
        }
        next++;
        return socket -> holds(Integer.compare(socket.fd(), fd), sign);
    }

    /** A sign, if there is one; else equality is meant. */
    private String operator() {
        String word = next < tokens.size() ? word() : "";
        String sign = switch (word) {
            case "=", "==", "eq" -> "=";
            case "!=", "ne", "neq" -> "!=";
            case "<", "lt" -> "<";
            case "<=", "le", "leq" -> "<=";
            case ">", "gt" -> ">";
            case ">=", "ge", "geq" -> ">=";
            default -> "";
        };
        next += sign.isEmpty() ? 0 : 1;
        return sign.isEmpty() ? "=" : sign;
    }

    private static boolean holds(int compared, String sign) {
        return switch (sign) {
            case "!=" -> compared != 0;
            case "<" -> compared < 0;
            case "<=" -> compared <= 0;
            case ">" -> compared > 0;
            case ">=" -> compared >= 0;
            default -> compared == 0;
        };
    }

    /** {@code ADDRESS}, {@code ADDRESS/BITS}, {@code ADDRESS:PORT}, {@code [V6]:PORT} or {@code :PORT}. */
    private Predicate<Socket> address(Function<Socket, @Nullable Endpoint> end) throws FilterException {
        boolean unequal = operator().equals("!=");
        String word = next < tokens.size() ? word() : "";
        String host = word;
        int port = -1;
        boolean bracketed = word.startsWith("[");
        int colon = word.lastIndexOf(':');
        boolean withPort = bracketed ? colon > word.indexOf(']') : colon >= 0 && colon == word.indexOf(':');
        if (withPort) {
            port = Digits.parse(word.substring(colon + 1), 5, 10);
            host = word.substring(0, colon);
        }
        host = bracketed ? host.replaceFirst("^\\[(.*)](/[0-9]+)?$", "$1$2") : host;
        Network network = host.isEmpty() || host.equals("*") ? null : Network.parse(host);
        boolean anyHost = host.isEmpty() || host.equals("*");
        if (word.isEmpty() || (withPort && (port < 0 || port > 65535)) || (!anyHost && network == null)) {
            throw error("expected an address like 10.2.3.4, 10.0.0.0/8, 10.2.3.4:443, [2001:db8::1]:443 or :443");
        }
        next++;
        int wantedPort = port;
        return socket -> {
            Endpoint endpoint = end.apply(socket);
            if (endpoint == null) {
                return false;
            }
            boolean is = (wantedPort < 0 || endpoint.port() == wantedPort)
                    && (network == null || network.contains(endpoint.address()));
            return is != unequal;
        };
    }

    private Predicate<Socket> verdict() throws FilterException {
        String name = next < tokens.size() ? word().toLowerCase(Locale.ROOT).replace('-', '_') : "";
        for (Verdict verdict : Verdict.values()) {
            if (verdict.name().toLowerCase(Locale.ROOT).equals(name)) {
                next++;
                return socket -> socket.verdict() == verdict;
            }
        }
        throw error("no such verdict; there are "
                + Stream.of(Verdict.values())
                        .map(verdict -> verdict.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .collect(Collectors.joining(", ")));
    }

    private String word() {
        return tokens.get(next).word;
    }

    private boolean accept(String... words) {
        if (next < tokens.size() && List.of(words).contains(word())) {
            next++;
            return true;
        }
        return false;
    }

    private FilterException error(String message) {
        return new FilterException(message, text, next < tokens.size() ? tokens.get(next).at : text.length());
    }
}
