// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import io.github.sockblame.report.SafeText;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.Target;
import io.github.sockblame.viewer.connect.TargetResolver;
import picocli.CommandLine.Parameters;

/** The first argument of verbs that read a report. */
final class TargetArgument {

    @Parameters(
            index = "0",
            paramLabel = "TARGET",
            description =
                    "PID, part of a name, host:port, service:jmx:..., a saved report, or - for one on standard input.")
    private String text = "";

    Target in(TargetResolver targetResolver) throws CannotAnswerException {
        return targetResolver.find(text);
    }

    /** Returns whether it is standard input, which can be read only once. */
    boolean isStandardInput() {
        return text.equals(TargetResolver.STANDARD_INPUT);
    }

    /** The argument as the user typed it, safe to print. */
    @Override
    public String toString() {
        return SafeText.of(text);
    }
}
