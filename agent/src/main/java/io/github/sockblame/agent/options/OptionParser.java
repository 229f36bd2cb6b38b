// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.options;

import io.github.sockblame.report.SafeText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code key=value,key=value}, and the same keys from system properties ({@code sockblame.grace}) and environment
 * variables ({@code SOCKBLAME_GRACE}). The agent's argument has precedence over the property, and the property over the
 * variable.
 *
 * <p>A malformed option does not stop the program: it becomes a warning, and the default stays.
 */
public final class OptionParser {

    /** In the order in which a warning names them. */
    static final List<String> KEYS = List.of(
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

    /** The former name of {@code file.requests}. The agent refuses it, with the present name. */
    private static final String FORMER_FILE_REQUESTS = "ask.file";

    private static final int MAX_ERRORS_SHOWN = 5;

    /** The longest part of the user's text in an error, in characters. */
    private static final int MAX_SHOWN = 80;

    private final OptionSource outside;
    private final List<String> errors = new ArrayList<>();

    /** The keys of the argument that were read. */
    private final Set<String> given = new HashSet<>();

    private final Set<String> repeated = new HashSet<>();

    private final AgentOptions.Builder options = AgentOptions.builder();

    private OptionParser(OptionSource outside) {
        this.outside = outside;
    }

    /** Reads the argument, which may be null, and the other sources. */
    public static OptionParser parse(@Nullable String argument, OptionSource outside) {
        OptionParser parser = new OptionParser(outside);
        parser.fromOutside();
        parser.fromArgument(argument);
        return parser;
    }

    /** The options that were read. */
    public AgentOptions options() {
        return options.build();
    }

    private void fromOutside() {
        for (String key : KEYS) {
            setFromOutside(key);
        }
        setFromOutside(FORMER_FILE_REQUESTS);
    }

    private void setFromOutside(String key) {
        String value = outside.property("sockblame." + key);
        if (value == null) {
            value = outside.variable("SOCKBLAME_" + key.replace('.', '_').toUpperCase(Locale.ROOT));
        }
        if (value != null) {
            set(key, value);
        }
    }

    /** A comma begins an option only if a key and {@code =} follow, so that a value may contain commas. */
    private void fromArgument(@Nullable String argument) {
        if (argument == null || argument.isBlank()) {
            return;
        }
        int start = 0;
        for (int i = 1; i <= argument.length(); i++) {
            if (i == argument.length() || (argument.charAt(i) == ',' && isKeyAt(argument, i + 1))) {
                parseOption(argument.substring(start, i).strip());
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

    private void parseOption(String option) {
        int equals = option.indexOf('=');
        if (option.isEmpty()) {
            return;
        }
        if (equals < 0) {
            errors.add("no value in '" + shortened(option) + "': expected key=value");
        } else {
            String key = option.substring(0, equals).strip();
            if (!given.add(key) && KEYS.contains(key) && repeated.add(key)) {
                errors.add(shortened(key) + " is given more than once: the last value counts");
            }
            set(key, option.substring(equals + 1).strip());
        }
    }

    private void set(String key, String value) {
        try {
            switch (key) {
                case "verbose" -> options.verbose(OptionValues.parseBoolean(value));
                case "grace" -> options.grace(OptionValues.parseDuration(value));
                case "idle" -> options.idle(OptionValues.parseDuration(value));
                case "app" -> options.app(OptionValues.parsePackages(value));
                case "library" -> options.library(OptionValues.parsePackages(value));
                case "dump.dir" -> options.dumpDirectory(OptionValues.parseFolder(value));
                case "alert" -> options.alerts(OptionValues.parseAlerts(value));
                case "report.to" -> options.reportFile(OptionValues.parseFilePattern(value));
                case "trace" -> options.traceFile(OptionValues.parseFilePattern(value));
                case "trace.max" -> options.traceMaxBytes(OptionValues.parseSize(value));
                case "redact" -> options.redact(OptionValues.parseBoolean(value));
                case "file.requests" -> options.answersFileRequests(OptionValues.parseBoolean(value));
                case FORMER_FILE_REQUESTS -> errors.add("ask.file is now called file.requests");
                case "capture.budget" -> options.captureBudget(OptionValues.parsePercentage(value));
                case "stacks.max" -> options.stacksMaxBytes(OptionValues.parseSize(value));
                case "include" -> options.selection(OptionValues.parseIncluded(value, options.selection()));
                case "exclude" -> options.selection(OptionValues.parseExcluded(value, options.selection()));
                default -> errors.add("unknown option '" + shortened(key) + "'");
            }
        } catch (IllegalArgumentException e) {
            errors.add("invalid value '" + shortened(value) + "' for " + key + ": expected " + e.getMessage());
        }
    }

    private static String shortened(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
    }

    /** One line about the malformed options; null if there are none. */
    @Nullable public String warning() {
        if (errors.isEmpty()) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (String error : errors.subList(0, Math.min(MAX_ERRORS_SHOWN, errors.size()))) {
            text.append(text.length() == 0 ? "" : "; ").append(SafeText.of(error));
        }
        if (errors.size() > MAX_ERRORS_SHOWN) {
            text.append("; and ").append(errors.size() - MAX_ERRORS_SHOWN).append(" more");
        }
        return text.append(" (valid options: ")
                .append(String.join(", ", KEYS))
                .append(")")
                .toString();
    }
}
