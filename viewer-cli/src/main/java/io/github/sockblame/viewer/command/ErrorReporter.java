// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.text.Ellipsis;
import io.github.sockblame.report.text.Nearest;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns every failure into one line on standard error and exit status 2; {@code --debug} adds the stack trace. */
final class ErrorReporter {

    /** The longest text about a bad argument, in characters, because an argument may have any length. */
    private static final int MAX_PROBLEM = 400;

    private final PrintStream err;
    private final BooleanSupplier debug;

    ErrorReporter(PrintStream err, BooleanSupplier debug) {
        this.err = err;
        this.debug = debug;
    }

    int badUsage(ParameterException e, String[] args) {
        String verb = e.getCommandLine().getCommandSpec().qualifiedName(" ");
        return report(Ellipsis.shorten(problem(e), MAX_PROBLEM) + ": see " + verb + " --help", e);
    }

    int failed(Exception e, CommandLine line, ParseResult parsed) {
        if (!(e instanceof CannotAnswerException problem)) {
            return broken(e);
        }
        int status = report(String.valueOf(e.getMessage()), e);
        for (String detail : problem.details()) {
            err.println("  " + SafeText.of(detail.replaceAll("\\R\\s*", " ")));
        }
        return status;
    }

    /** A bug of the viewer, or a Java with too little memory or without a module. It is reported in the same form. */
    int broken(Throwable e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof OutOfMemoryError) {
            return report("out of memory (" + cause.getMessage() + "): set a larger heap, for example -Xmx4g", e);
        }
        String module = MissingModule.of(e);
        if (module != null) {
            return report(
                    "this Java has no module " + module + " (" + System.getProperty("java.home")
                            + "): run sockblame with a JDK",
                    e);
        }
        return report("unexpected " + cause + ": run again with --debug and report what it prints", e);
    }

    private static String problem(ParameterException e) {
        boolean atVerb = e.getCommandLine().getParent() == null;
        if (atVerb && e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            String verb = unmatched.getUnmatched().get(0);
            return "no such verb: '" + verb + "'"
                    + Nearest.question(verb, e.getCommandLine().getSubcommands().keySet());
        }
        String problem = String.valueOf(e.getMessage());
        return Character.toLowerCase(problem.charAt(0)) + problem.substring(1) + suggestion(e);
    }

    /** The option that was probably meant. */
    private static String suggestion(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched) || !unmatched.isUnknownOption()) {
            return "";
        }
        List<String> names = new ArrayList<>();
        for (CommandLine.Model.OptionSpec option :
                e.getCommandLine().getCommandSpec().options()) {
            names.addAll(List.of(option.names()));
        }
        return Nearest.question(unmatched.getUnmatched().get(0), names);
    }

    private int report(String line, Throwable e) {
        err.println("sockblame: " + SafeText.of(line.replaceAll("\\R\\s*", " ")));
        if (debug.getAsBoolean()) {
            e.printStackTrace(err);
        }
        return ExitStatus.NO_ANSWER;
    }
}
