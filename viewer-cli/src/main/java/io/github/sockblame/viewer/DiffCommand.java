// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.TargetResolver;
import io.github.sockblame.viewer.diff.Comparison;
import io.github.sockblame.viewer.diff.ComparisonJson;
import io.github.sockblame.viewer.diff.ComparisonText;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sockblame diff}. */
@Command(
        name = "diff",
        description = "Holds two reports against each other, site by site: new, grown, shrunk, gone, and how fast.",
        footer = {
            "",
            "Each of the two is a saved report or a JVM. A site is known again by its verdict and its culprit frames.",
            "Exit status: 0 no leak has grown, 1 a leak is new or has grown, 2 could not answer.",
            "Example: sockblame diff shop.json 4242"
        })
final class DiffCommand implements Callable<Integer> {

    private final TargetResolver targetResolver;
    private final OutputStyle outputStyle;
    private final PrintStream out;

    @Parameters(index = "0", paramLabel = "OLD", description = "The earlier one: a saved report, as a rule.")
    private String old = "";

    @Parameters(index = "1", paramLabel = "NEW", description = "The later one: a saved report, a PID, or any TARGET.")
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
                    old + " was taken after " + late, "name the earlier one first: sockblame diff " + late + " " + old);
        }
        if (json) {
            JsonLine.print(out, ComparisonJson.of(comparison));
        } else {
            out.print(ComparisonText.of(comparison, outputStyle.look(wide)));
            if (comparison.hasNewLeaks()) {
                out.println("exit status 1: leaks have grown");
            }
        }
        return comparison.hasNewLeaks() ? SockblameCommand.LEAKS : SockblameCommand.ANSWERED;
    }
}
