// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of a document that tests write: it stands between two marks, {@code <!-- name: ...} and {@code <!-- end of name ...}. */
final class PublishedSection {

    private static final Pattern BEGIN = Pattern.compile("<!-- (.+): written by make \\w+ -->");

    private PublishedSection() {}

    /** What stands between the marks of this name in a document of the project. */
    static List<String> linesOf(String name, String document) throws IOException {
        return Files.readAllLines(TestEnvironment.projectRoot().resolve(document)).stream()
                .dropWhile(line -> !isBegin(name, line))
                .skip(1)
                .takeWhile(line -> !isEnd(name, line))
                .toList();
    }

    /** The names of the sections that a document has. */
    static List<String> namesIn(List<String> document) {
        return document.stream()
                .map(BEGIN::matcher)
                .filter(Matcher::matches)
                .map(mark -> mark.group(1))
                .toList();
    }

    /**
     * Returns the document with these lines between the marks of this name.
     *
     * @throws IllegalArgumentException if the document has not both marks, in their order
     */
    static List<String> replace(String name, List<String> section, List<String> document) {
        int begin = 0;
        while (begin < document.size() && !isBegin(name, document.get(begin))) {
            begin++;
        }
        int end = begin;
        while (end < document.size() && !isEnd(name, document.get(end))) {
            end++;
        }
        if (end == document.size()) {
            throw new IllegalArgumentException("no section \"" + name + "\" that begins and ends");
        }
        List<String> lines = new ArrayList<>(document.subList(0, begin + 1));
        lines.addAll(section);
        lines.addAll(document.subList(end, document.size()));
        return lines;
    }

    private static boolean isBegin(String name, String line) {
        return line.startsWith("<!-- " + name + ": ");
    }

    private static boolean isEnd(String name, String line) {
        return line.startsWith("<!-- end of " + name + " ");
    }
}
