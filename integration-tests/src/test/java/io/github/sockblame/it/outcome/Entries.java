// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A file with an entry a line and bars between the columns. Empty lines, and lines that begin with {@code #}, are no entries. */
final class Entries {

    private Entries() {}

    /** Does with each entry what is to be done; what is wrong with one is a problem, with the file and the line. */
    interface Reader {
        void read(List<String> columns) throws MalformedException;
    }

    /** What is wrong with an entry. */
    static final class MalformedException extends Exception {
        MalformedException(String what) {
            super(what);
        }
    }

    /** Reads all entries, of which each must have so many columns, and returns what is wrong with them. */
    static List<String> read(Path file, int columns, Reader reader) throws IOException {
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                try {
                    reader.read(split(line, columns));
                } catch (MalformedException e) {
                    problems.add(file.getFileName() + ":" + number + ": " + e.getMessage());
                }
            }
        }
        return problems;
    }

    private static List<String> split(String line, int columns) throws MalformedException {
        List<String> parts =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        if (parts.size() != columns || parts.contains("")) {
            throw new MalformedException("not " + columns + " columns with a | between them");
        }
        return parts;
    }

    /** What matches this text, in which a {@code *} stands for any text. */
    static Pattern pattern(String text) {
        return Pattern.compile(
                Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }
}
