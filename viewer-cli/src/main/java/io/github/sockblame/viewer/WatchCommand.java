// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import io.github.sockblame.report.SafeText;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.TargetResolver;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sockblame watch}. */
@Command(
        name = "watch",
        description = "Has the next connections of a site looked at closer: the report then says who used them last.",
        footer = {
            "",
            "A place that has suspects is looked at without being asked for; so this is for the others, as idle ones.",
            "It ends by itself after an hour. Each read and write that is looked at costs a stack.",
            "Example: sockblame watch 4242 3"
        })
final class WatchCommand implements Callable<Integer> {

    private final TargetResolver targetResolver;
    private final PrintStream out;

    @Parameters(index = "0", paramLabel = "TARGET", description = "PID, part of a name, host:port, or service:jmx:...")
    private String target = "";

    @Parameters(index = "1", paramLabel = "SITE", description = "The site's number in the latest report.")
    private int site;

    @Option(names = "--off", description = "Look no closer.")
    private boolean off;

    WatchCommand(TargetResolver targetResolver, PrintStream out) {
        this.targetResolver = targetResolver;
        this.out = out;
    }

    @Override
    public Integer call() throws CannotAnswerException {
        out.println(SafeText.of(targetResolver.find(target).watch(site, !off)));
        if (!off) {
            out.println("next: sockblame leaks " + SafeText.of(target));
        }
        return SockblameCommand.ANSWERED;
    }
}
