// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.options;

import io.github.sockblame.agent.alert.Trigger;
import io.github.sockblame.agent.file.JdkPaths;
import io.github.sockblame.report.option.OptionSyntax;
import io.github.sockblame.report.option.OptionValues;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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
public final class OptionParser {

    private final OptionSource outside;
    private final List<String> errors = new ArrayList<>();

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
        for (String key : OptionSyntax.KEYS) {
            setFromOutside(key);
        }
        setFromOutside(OptionSyntax.FORMER_FILE_REQUESTS);
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

    private void fromArgument(@Nullable String argument) {
        if (argument == null) {
            return;
        }
        OptionSyntax syntax = OptionSyntax.split(argument);
        errors.addAll(syntax.errors());
        for (OptionSyntax.Option option : syntax.options()) {
            set(option.key(), option.value());
        }
    }

    private void set(String key, String value) {
        String problem = OptionSyntax.problem(key, value);
        if (problem != null) {
            errors.add(problem);
            return;
        }
        try {
            setValid(key, value);
        } catch (InvalidPathException e) {
            errors.add(OptionSyntax.invalid(key, value, "a name that this system can write"));
        }
    }

    private void setValid(String key, String value) {
        switch (key) {
            case "verbose" -> options.verbose(OptionValues.parseBoolean(value));
            case "grace" -> options.grace(OptionValues.parseDuration(value));
            case "idle" -> options.idle(OptionValues.parseDuration(value));
            case "app" -> options.app(OptionValues.parsePackages(value));
            case "library" -> options.library(OptionValues.parsePackages(value));
            case "dump.dir" -> options.dumpDirectory(JdkPaths.of(OptionValues.parseFolder(value)));
            case "alert" -> options.alerts(Trigger.list(value));
            case "report.to" -> options.reportFile(possible(OptionValues.parseReportPattern(value)));
            case "trace" -> options.traceFile(possible(OptionValues.parseFilePattern(value)));
            case "trace.max" -> options.traceMaxBytes(OptionValues.parseSize(value));
            case "redact" -> options.redact(OptionValues.parseBoolean(value));
            case "file.requests" -> options.answersFileRequests(OptionValues.parseBoolean(value));
            case "capture.budget" -> options.captureBudget(OptionValues.parsePercentage(value));
            case "stacks.max" -> options.stacksMaxBytes(OptionValues.parseSize(value));
            case "include" -> options.selection(options.selection().including(value));
            case "exclude" -> options.selection(options.selection().excluding(value));
            default -> throw new IllegalArgumentException("an option without a meaning: " + key);
        }
    }

    /**
     * The same name.
     *
     * @throws InvalidPathException if the file system has no such names
     */
    private static String possible(String name) {
        Path unused = JdkPaths.of(name);
        return name;
    }

    /** One line about the malformed options; null if there are none. */
    @Nullable public String warning() {
        return errors.isEmpty() ? null : OptionSyntax.line(errors);
    }
}
