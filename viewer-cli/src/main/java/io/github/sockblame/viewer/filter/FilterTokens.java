// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.filter;

import java.util.ArrayList;
import java.util.List;

/** The words and signs of a filter, with the position of the next one. */
final class FilterTokens {

    /** The longest token in an error, in characters. */
    private static final int MAX_SHOWN = 60;

    private final List<Token> tokens;
    private int next;

    /** One word or sign, and its position in the text. */
    private record Token(String word, int at) {}

    private FilterTokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Parentheses and {@code !} are tokens without blanks around them; {@code !=} is one token. */
    static FilterTokens of(List<String> words) {
        String text = String.join(" ", words).replace('\n', ' ').replace('\t', ' ');
        List<Token> tokens = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? ' ' : text.charAt(i);
            boolean single = c == '(' || c == ')' || (c == '!' && !text.startsWith("=", i + 1));
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
        return new FilterTokens(tokens);
    }

    boolean hasNext() {
        return next < tokens.size();
    }

    /** The next token, which stays the next one; empty at the end. */
    String peek() {
        return hasNext() ? tokens.get(next).word : "";
    }

    /** Moves to the token after the next one. */
    void advance() {
        next++;
    }

    /** Moves past the next token if it is one of these; returns whether it was. */
    boolean tryAccept(String... words) {
        boolean accepted = hasNext() && List.of(words).contains(peek());
        if (accepted) {
            advance();
        }
        return accepted;
    }

    private static String shortened(String token) {
        return token.length() <= MAX_SHOWN ? token : token.substring(0, MAX_SHOWN) + "...";
    }

    /** An error at the next token. */
    FilterException error(String message) {
        String place = hasNext()
                ? "at character " + (tokens.get(next).at + 1) + ", '" + shortened(peek()) + "'"
                : "at its end";
        return new FilterException(message, place);
    }
}
