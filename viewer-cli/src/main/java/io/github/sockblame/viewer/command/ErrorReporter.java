// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import io.github.sockblame.report.SafeText;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.filter.FilterException;
import java.io.PrintStream;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns every failure into one line on standard error and exit status 2; {@code --debug} adds the stack trace. */
final class ErrorReporter {

    private final PrintStream err;
    private final BooleanSupplier debug;

    ErrorReporter(PrintStream err, BooleanSupplier debug) {
        this.err = err;
        this.debug = debug;
    }

    int badUsage(ParameterException e, String[] args) {
        String verb = e.getCommandLine().getCommandSpec().qualifiedName(" ");
        return report(problem(e) + ": see " + verb + " --help", e);
    }

    int failed(Exception e, CommandLine line, ParseResult parsed) {
        if (!(e instanceof CannotAnswerException)) {
            return broken(e);
        }
        int status = report(String.valueOf(e.getMessage()), e);
        if (e.getCause() instanceof FilterException error) {
            error.picture().lines().map(SafeText::of).forEach(err::println);
        }
        return status;
    }

    /** A bug of the viewer, or a JVM with too little memory. The user cannot fix it, but it is reported in the same form. */
    int broken(Throwable e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return report("unexpected " + cause + ": run again with --debug and report what it prints", e);
    }

    private static String problem(ParameterException e) {
        boolean atVerb = e.getCommandLine().getParent() == null;
        if (atVerb && e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            return "no such verb: '" + unmatched.getUnmatched().get(0) + "'";
        }
        String problem = String.valueOf(e.getMessage());
        return Character.toLowerCase(problem.charAt(0)) + problem.substring(1);
    }

    private int report(String line, Throwable e) {
        err.println("sockblame: " + SafeText.of(line.replaceAll("\\R\\s*", " ")));
        if (debug.getAsBoolean()) {
            e.printStackTrace(err);
        }
        return ExitStatus.NO_ANSWER;
    }
}
