// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.filter;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import io.github.sockblame.report.net.Digits;
import io.github.sockblame.report.net.Network;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The conditions of a filter. Each method reads what follows the name of the condition. */
final class SocketConditions {

    private static final Set<TcpState> NOT_CONNECTED = EnumSet.of(TcpState.LISTEN, TcpState.CLOSE);

    private static final int MAX_PORT = 65535;

    private SocketConditions() {}

    static Predicate<Socket> state(FilterTokens tokens) throws FilterException {
        String name = tokens.peek().toLowerCase(Locale.ROOT).replace('_', '-');
        Set<TcpState> states = states(name);
        if (states.isEmpty()) {
            throw tokens.error("no such state; there are all, connected, synchronized, established, listening, closed, "
                    + Stream.of(TcpState.values()).map(TcpState::filterName).collect(Collectors.joining(", ")));
        }
        tokens.advance();
        return socket -> socket.state() != null && states.contains(socket.state());
    }

    /** The states with this name or in the group with this name; none for an unknown name. */
    private static Set<TcpState> states(String name) {
        return switch (name) {
            case "all" -> EnumSet.allOf(TcpState.class);
            case "connected" -> connected();
            case "synchronized" -> {
                EnumSet<TcpState> states = connected();
                states.remove(TcpState.SYN_SENT);
                yield states;
            }
            case "established" -> EnumSet.of(TcpState.ESTABLISHED);
            case "listening" -> EnumSet.of(TcpState.LISTEN);
            case "closed", "close" -> EnumSet.of(TcpState.CLOSE);
            default -> {
                TcpState state = TcpState.ofName(name);
                yield state == null ? EnumSet.noneOf(TcpState.class) : EnumSet.of(state);
            }
        };
    }

    private static EnumSet<TcpState> connected() {
        return EnumSet.complementOf(EnumSet.copyOf(NOT_CONNECTED));
    }

    static Predicate<Socket> port(FilterTokens tokens, Function<Socket, @Nullable Endpoint> end)
            throws FilterException {
        Operator operator = Operator.read(tokens);
        String word = tokens.peek();
        int port = Digits.parse(word.startsWith(":") ? word.substring(1) : word, 5, 10);
        if (port < 0 || port > MAX_PORT) {
            throw tokens.error("expected a port like :443");
        }
        tokens.advance();
        return socket -> {
            Endpoint endpoint = end.apply(socket);
            return endpoint != null && operator.holds(endpoint.port(), port);
        };
    }

    static Predicate<Socket> descriptor(FilterTokens tokens) throws FilterException {
        Operator operator = Operator.read(tokens);
        int fd = Digits.parse(tokens.peek(), 9, 10);
        if (fd < 0) {
            throw tokens.error("expected the number of a descriptor");
        }
        tokens.advance();
        return socket -> operator.holds(socket.fd(), fd);
    }

    /** {@code ADDRESS}, {@code ADDRESS/BITS}, {@code ADDRESS:PORT}, {@code [V6]:PORT} or {@code :PORT}. */
    static Predicate<Socket> address(FilterTokens tokens, Function<Socket, @Nullable Endpoint> end)
            throws FilterException {
        boolean unequal = Operator.read(tokens) == Operator.NOT_EQUAL;
        String word = tokens.peek();
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
        boolean anyHost = host.isEmpty() || host.equals("*");
        Network network = anyHost ? null : Network.parse(host);
        if (word.isEmpty() || (withPort && (port < 0 || port > MAX_PORT)) || (!anyHost && network == null)) {
            throw tokens.error(
                    "expected an address like 10.2.3.4, 10.0.0.0/8, 10.2.3.4:443, [2001:db8::1]:443 or :443");
        }
        tokens.advance();
        int wantedPort = port;
        return socket -> {
            Endpoint endpoint = end.apply(socket);
            if (endpoint == null) {
                return false;
            }
            boolean equal = (wantedPort < 0 || endpoint.port() == wantedPort)
                    && (network == null || network.contains(endpoint.address()));
            return equal != unequal;
        };
    }

    static Predicate<Socket> verdict(FilterTokens tokens) throws FilterException {
        String name = tokens.peek().toLowerCase(Locale.ROOT).replace('_', '-');
        for (Verdict verdict : Verdict.values()) {
            if (filterName(verdict).equals(name)) {
                tokens.advance();
                return socket -> socket.verdict() == verdict;
            }
        }
        throw tokens.error("no such verdict; there are "
                + Stream.of(Verdict.values()).map(SocketConditions::filterName).collect(Collectors.joining(", ")));
    }

    private static String filterName(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
