// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.Targets;
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

    private final Targets targets;
    private final Screen screen;
    private final PrintStream out;

    @Parameters(index = "0", paramLabel = "OLD", description = "The earlier one: a saved report, as a rule.")
    private String old = "";

    @Parameters(index = "1", paramLabel = "NEW", description = "The later one: a saved report, a PID, or any TARGET.")
    private String late = "";

    @Option(names = "--json", description = "Print the differences as JSON.")
    private boolean json;

    @Mixin
    private Wide wide = new Wide();

    DiffCommand(Targets targets, Screen screen, PrintStream out) {
        this.targets = targets;
        this.screen = screen;
        this.out = out;
    }

    @Override
    public Integer call() throws CannotAnswerException {
        Comparison comparison = Comparison.of(
                targets.find(old).readSummary().report(),
                targets.find(late).readSummary().report());
        if (comparison.between().isNegative()) {
            throw new CannotAnswerException(
                    old + " was taken after " + late, "name the earlier one first: sockblame diff " + late + " " + old);
        }
        if (json) {
            JsonLine.print(out, ComparisonJson.of(comparison));
        } else {
            out.print(ComparisonText.of(comparison, screen.look(wide)));
            if (comparison.leaksGrew()) {
                out.println("exit status 1: leaks have grown");
            }
        }
        return comparison.leaksGrew() ? Sockblame.LEAKS : Sockblame.ANSWERED;
    }
}
