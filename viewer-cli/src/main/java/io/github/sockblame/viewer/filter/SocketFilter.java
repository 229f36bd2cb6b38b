// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.filter;

import io.github.sockblame.report.Socket;
import java.util.List;
import java.util.function.Predicate;

/**
 * A filter in the syntax of {@code ss}: {@code state close-wait}, {@code dport = :443}, {@code dst 10.0.0.0/8}, {@code src 127.0.0.1:8080}, with
 * {@code and}, {@code or}, {@code not} and parentheses; in addition to {@code ss} it has {@code fd = 17} and {@code verdict forgotten}.
 */
public final class SocketFilter {

    private final Predicate<Socket> condition;

    private SocketFilter(Predicate<Socket> condition) {
        this.condition = condition;
    }

    /**
     * Reads the words of a command line.
     *
     * @param words none for all sockets
     * @throws FilterException if they are no filter
     */
    public static SocketFilter of(List<String> words) throws FilterException {
        return new SocketFilter(words.isEmpty() ? socket -> true : new FilterParser(words).parse());
    }

    /** Returns whether the filter matches the socket. */
    public boolean matches(Socket socket) {
        return condition.test(socket);
    }
}
