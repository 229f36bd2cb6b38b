// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.TargetResolver;
import io.github.sockblame.viewer.diff.Comparison;
import io.github.sockblame.viewer.diff.ComparisonJson;
import io.github.sockblame.viewer.diff.ComparisonText;
import io.github.sockblame.viewer.output.JsonLine;
import io.github.sockblame.viewer.output.OutputStyle;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sockblame diff}. */
@Command(
        name = "diff",
        description = "Compares two reports site by site: new, grown, shrunk, gone, and how fast.",
        footer = {
            "",
            "OLD and NEW are saved reports or JVMs. Sites are matched by verdict and culprit frames.",
            "Exit status: 0 no leak is new or has grown, 1 a leak is new or has grown, 2 could not answer.",
            "Example: sockblame diff shop.json 4242"
        })
final class DiffCommand implements Callable<Integer> {

    private final TargetResolver targetResolver;
    private final OutputStyle outputStyle;
    private final PrintStream out;

    @Parameters(index = "0", paramLabel = "OLD", description = "The earlier report, usually a saved one.")
    private String old = "";

    @Parameters(
            index = "1",
            paramLabel = "NEW",
            description = "The later report: a saved one, a PID, or any other TARGET.")
    private String late = "";

    @Option(names = "--json", description = "Print the differences as JSON.")
    private boolean json;

    @Mixin
    private WideOption wide = new WideOption();

    DiffCommand(TargetResolver targetResolver, OutputStyle outputStyle, PrintStream out) {
        this.targetResolver = targetResolver;
        this.outputStyle = outputStyle;
        this.out = out;
    }

    @Override
    public Integer call() throws CannotAnswerException {
        Comparison comparison = Comparison.of(
                targetResolver.find(old).readSummary().report(),
                targetResolver.find(late).readSummary().report());
        if (comparison.between().isNegative()) {
            throw new CannotAnswerException(
                    old + " was taken after " + late,
                    "give the earlier report first: sockblame diff " + late + " " + old);
        }
        if (json) {
            JsonLine.print(out, ComparisonJson.of(comparison));
        } else {
            out.print(ComparisonText.of(comparison, outputStyle.textStyle(wide.isWanted())));
            if (comparison.hasNewLeaks()) {
                out.println("exit status 1: leaks have grown");
            }
        }
        return comparison.hasNewLeaks() ? ExitStatus.LEAKS : ExitStatus.ANSWERED;
    }
}
