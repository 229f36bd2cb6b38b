// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.option;

import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.text.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Splits {@code key=value,key=value}, and finds what is malformed in it. */
public final class OptionSyntax {

    /** All options, in the order in which a warning names them. */
    public static final List<String> KEYS = List.of(
            "verbose",
            "grace",
            "idle",
            "app",
            "library",
            "dump.dir",
            "alert",
            "report.to",
            "redact",
            "include",
            "exclude",
            "trace",
            "trace.max",
            "file.requests",
            "capture.budget",
            "stacks.max");

    /** The former name of {@code file.requests}. It is refused, with the present name. */
    public static final String FORMER_FILE_REQUESTS = "ask.file";

    private static final int MAX_ERRORS_SHOWN = 5;

    /** The longest part of the user's text in an error, in characters. */
    private static final int MAX_SHOWN = 80;

    private final List<Option> options = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    /** The keys that were read. */
    private final Set<String> given = new HashSet<>();

    private final Set<String> repeated = new HashSet<>();

    private OptionSyntax() {}

    /** One option. */
    public record Option(String key, String value) {}

    /** Splits an argument, which may be null. It does not check keys and values. */
    public static OptionSyntax split(@Nullable String argument) {
        OptionSyntax syntax = new OptionSyntax();
        syntax.read(argument);
        return syntax;
    }

    /** All problems of an argument, also those of keys and values; none if the agent can use it as it is. */
    public static List<String> problems(String argument) {
        OptionSyntax syntax = split(argument);
        List<String> problems = new ArrayList<>(syntax.errors);
        for (Option option : syntax.options) {
            String problem = problem(option.key, option.value);
            if (problem != null) {
                problems.add(problem);
            }
        }
        return problems;
    }

    /** The options in their order. */
    public List<Option> options() {
        return List.copyOf(options);
    }

    /** What is no option, or is an option twice. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /** A comma begins an option only if a key and {@code =} follow, so that a value may contain commas. */
    private void read(@Nullable String argument) {
        if (argument == null || argument.isBlank()) {
            return;
        }
        int start = 0;
        for (int i = 1; i <= argument.length(); i++) {
            if (i == argument.length() || (argument.charAt(i) == ',' && isKeyAt(argument, i + 1))) {
                readOption(argument.substring(start, i).strip());
                start = i + 1;
            }
        }
    }

    private static boolean isKeyAt(String argument, int from) {
        for (int i = from; i < argument.length(); i++) {
            char c = argument.charAt(i);
            if (c == '=') {
                return i > from;
            }
            if (!Character.isLetterOrDigit(c) && c != '.' && c != '-' && c != '_' && c != ' ') {
                return false;
            }
        }
        return from == argument.length(); // a trailing comma ends the last value
    }

    private void readOption(String option) {
        int equals = option.indexOf('=');
        if (option.isEmpty()) {
            return;
        }
        if (equals < 0) {
            errors.add("no value in '" + shortened(option) + "': expected key=value");
            return;
        }
        String key = option.substring(0, equals).strip();
        if (!given.add(key) && KEYS.contains(key) && repeated.add(key)) {
            errors.add(shortened(key) + " is given more than once: the last value counts");
        }
        options.add(new Option(key, option.substring(equals + 1).strip()));
    }

    /** The problem of one option, in a few words; null if there is none. */
    public static @Nullable String problem(String key, String value) {
        if (key.equals(FORMER_FILE_REQUESTS)) {
            return FORMER_FILE_REQUESTS + " is now called file.requests";
        }
        if (!KEYS.contains(key)) {
            return "unknown option '" + shortened(key) + "'" + Nearest.question(shortened(key), KEYS);
        }
        String expected = OptionValues.expected(key, value);
        return expected == null ? null : invalid(key, value, expected);
    }

    /** The problem of a value. */
    public static String invalid(String key, String value, String expected) {
        return "invalid value '" + shortened(value) + "' for " + key + ": expected " + expected;
    }

    private static String shortened(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
    }

    /** The problems in one line, and the valid options. */
    public static String line(List<String> problems) {
        StringBuilder text = new StringBuilder();
        for (String problem : problems.subList(0, Math.min(MAX_ERRORS_SHOWN, problems.size()))) {
            text.append(text.length() == 0 ? "" : "; ").append(SafeText.of(problem));
        }
        if (problems.size() > MAX_ERRORS_SHOWN) {
            text.append("; and ").append(problems.size() - MAX_ERRORS_SHOWN).append(" more");
        }
        return text.append(" (valid options: ")
                .append(String.join(", ", KEYS))
                .append(")")
                .toString();
    }
}
