// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.alarm.Trigger;
import io.github.sockblame.agent.alarm.TriggerParser;
import io.github.sockblame.agent.diagnosis.PackageSet;
import io.github.sockblame.agent.diagnosis.ReportScope;
import io.github.sockblame.report.SafeText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code key=value,key=value}, and the same keys from system properties ({@code sockblame.grace}) and environment
 * variables ({@code SOCKBLAME_GRACE}). The agent's argument has precedence over the property, and the property over the
 * variable.
 *
 * <p>A malformed option does not stop the program: it becomes a warning, and the default stays.
 */
final class OptionParser {

    /** In the order in which a warning names them. */
    private static final String[] KEYS = {
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
        "capture.budget"
    };

    /** The former name of {@code file.requests}. The agent refuses it, with the present name. */
    private static final String FORMER_FILE_REQUESTS = "ask.file";

    private static final Duration LONGEST_TIME = Duration.ofDays(1);

    private static final int MAX_ERRORS_SHOWN = 5;

    private final Lookup outside;
    private final List<String> errors = new ArrayList<>();
    private AgentOptions options = AgentOptions.DEFAULTS;

    /** The options, and one line of warning if some were malformed. */
    record Parsed(AgentOptions options, @Nullable String warning) {}

    /** The source of values beside the agent's argument. */
    interface Lookup {
        @Nullable String property(String name);

        @Nullable String variable(String name);
    }

    private OptionParser(Lookup outside) {
        this.outside = outside;
    }

    static Parsed parse(@Nullable String argument, Lookup outside) {
        OptionParser parser = new OptionParser(outside);
        parser.fromOutside();
        parser.fromArgument(argument);
        return new Parsed(parser.options, parser.warning());
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
            errors.add("no value in '" + option + "'");
        } else {
            set(
                    option.substring(0, equals).strip(),
                    option.substring(equals + 1).strip());
        }
    }

    private void set(String key, String value) {
        switch (key) {
            case "verbose" -> {
                Boolean verbose = parseBoolean(key, value);
                options = verbose == null ? options : options.withVerbose(verbose);
            }
            case "grace" -> {
                Duration grace = parseDuration(key, value);
                options = grace == null ? options : options.withGrace(grace);
            }
            case "idle" -> {
                Duration idle = parseDuration(key, value);
                options = idle == null ? options : options.withIdle(idle);
            }
            case "app" -> {
                List<String> packages = packages(key, value);
                options = packages.isEmpty() ? options : options.withApp(packages);
            }
            case "library" -> {
                List<String> packages = packages(key, value);
                options = packages.isEmpty() ? options : options.withLibrary(packages);
            }
            case "dump.dir" -> setDumpDirectory(value);
            case "alert" -> setAlerts(value);
            case "report.to" -> {
                String file = file(key, value);
                options = file == null ? options : options.withReportsTo(file);
            }
            case "trace" -> {
                String file = file(key, value);
                options = file == null ? options : options.withTraceTo(file);
            }
            case "trace.max" -> setTraceMax(value);
            case "redact" -> {
                Boolean redact = parseBoolean(key, value);
                options = redact == null ? options : options.withRedact(redact);
            }
            case "file.requests" -> {
                Boolean answers = parseBoolean(key, value);
                options = answers == null ? options : options.withFileRequests(answers);
            }
            case FORMER_FILE_REQUESTS -> errors.add("ask.file is now called file.requests");
            case "capture.budget" -> setCaptureBudget(value);
            case "include" -> setSelection(key, value, options.selection().including(value));
            case "exclude" -> setSelection(key, value, options.selection().excluding(value));
            default -> errors.add("unknown option '" + key + "'");
        }
    }

    private @Nullable Boolean parseBoolean(String key, String value) {
        if (value.equals("true") || value.equals("false")) {
            return value.equals("true");
        }
        errors.add(key + " is true or false, not '" + value + "'");
        return null;
    }

    private @Nullable Duration parseDuration(String key, String value) {
        Duration time = Durations.parse(value);
        if (time == null || time.compareTo(LONGEST_TIME) > 0) {
            errors.add(key + " is a time like 5s, 500ms or 2m, at most a day, not '" + value + "'");
            return null;
        }
        return time;
    }

    /** The packages of a list with commas; none if one of them is malformed. */
    private List<String> packages(String key, String value) {
        List<String> packages = new ArrayList<>();
        for (String part : value.split(",", -1)) {
            String name = part.strip();
            name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
            if (!PackageSet.isName(name)) {
                errors.add(key + " is a package or a list of packages with commas, not '" + value + "'");
                return List.of();
            }
            packages.add(name);
        }
        return packages;
    }

    private void setDumpDirectory(String value) {
        try {
            if (value.isEmpty()) {
                throw new InvalidPathException(value, "empty");
            }
            options = options.withDumpDirectory(Path.of(value));
        } catch (InvalidPathException e) {
            errors.add("dump.dir is a folder, not '" + value + "'");
        }
    }

    private void setAlerts(String value) {
        List<Trigger> triggers = TriggerParser.parse(value);
        if (triggers == null) {
            String present = TriggerParser.presentSpelling(value);
            errors.add(
                    present == null
                            ? "alert is a list like fds>=90%;site-leaks>=100;age>=10m;close-wait>=500;exit, or none, not '"
                                    + value + "'"
                            : "alert=" + value + " is now spelled alert=" + present);
        } else {
            options = options.withAlerts(triggers);
        }
    }

    private void setSelection(String key, String value, @Nullable ReportScope reportScope) {
        if (reportScope == null) {
            errors.add(key + " is a list like com.acme.pay;:8080;10.0.0.0/8;2001:db8::1, not '" + value + "'");
        } else {
            options = options.withSelection(reportScope);
        }
    }

    /** The name of a file; null if it is none. */
    private @Nullable String file(String key, String value) {
        try {
            if (value.isEmpty() || value.endsWith("/") || Path.of(value).getFileName() == null) {
                throw new InvalidPathException(value, "no file");
            }
            return value;
        } catch (InvalidPathException e) {
            errors.add(key + " is a file, %p in its name the process id and %t the time, not '" + value + "'");
            return null;
        }
    }

    private void setTraceMax(String value) {
        Long bytes = Sizes.parse(value);
        if (bytes == null || bytes < 1024) {
            errors.add("trace.max is a size like 500k, 100m or 2g, at least 1k, not '" + value + "'");
        } else {
            options = options.withTraceMaxBytes(bytes);
        }
    }

    private void setCaptureBudget(String value) {
        Double share = Shares.parse(value);
        if (share == null) {
            errors.add(
                    "capture.budget is a share of one core like 2% or 0.5%, at least 0.1%, and 100% for no limit, not '"
                            + value + "'");
        } else {
            options = options.withCaptureBudget(share);
        }
    }

    private @Nullable String warning() {
        if (errors.isEmpty()) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (String complaint : errors.subList(0, Math.min(MAX_ERRORS_SHOWN, errors.size()))) {
            text.append(text.length() == 0 ? "" : "; ").append(SafeText.of(complaint));
        }
        if (errors.size() > MAX_ERRORS_SHOWN) {
            text.append("; and ").append(errors.size() - MAX_ERRORS_SHOWN).append(" more");
        }
        text.append(" (valid options: ");
        for (int i = 0; i < KEYS.length; i++) {
            text.append(i == 0 ? "" : ", ").append(KEYS[i]);
        }
        return text.append(")").toString();
    }
}
