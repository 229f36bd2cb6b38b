// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.filter;

import io.github.sockblame.report.Socket;
import java.util.List;
import java.util.function.Predicate;

/**
 * A filter as {@code ss} has it: {@code state close-wait}, {@code dport = :443}, {@code dst 10.0.0.0/8}, {@code src 127.0.0.1:8080}, with
 * {@code and}, {@code or}, {@code not} and parentheses; and beside those of {@code ss} {@code fd = 17} and {@code verdict forgotten}.
 */
public final class SocketFilter {

    private final Predicate<Socket> wanted;

    private SocketFilter(Predicate<Socket> wanted) {
        this.wanted = wanted;
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

    /** Whether the user wants to see it. */
    public boolean matches(Socket socket) {
        return wanted.test(socket);
    }
}
