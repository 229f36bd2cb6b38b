// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.text.TextFormat;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.Reading;
import io.github.sockblame.viewer.connect.ReportFile;
import io.github.sockblame.viewer.connect.Targets;
import io.github.sockblame.viewer.save.FileContent;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sockblame report}. */
@Command(
        name = "report",
        description = {
            "Saves the whole report as JSON, to be read later by the same verbs;",
            "or, if FILE ends in .html, as one page for a browser, which needs nothing besides."
        },
        footer = {
            "",
            "The file can be read by its owner alone. Exit status 0 even if there are leaks.",
            "Example: sockblame report 4242 -o shop.json",
            "Example: sockblame report shop.json -o shop.html"
        })
final class ReportCommand implements Callable<Integer> {

    private final Targets targets;
    private final PrintStream out;

    @Mixin
    private TargetArgument target = new TargetArgument();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The file to write; it must not exist.")
    private String file = "";

    @Option(names = "--force", description = "Replace the file if it exists.")
    private boolean force;

    ReportCommand(Targets targets, PrintStream out) {
        this.targets = targets;
        this.out = out;
    }

    @Override
    public Integer call() throws CannotAnswerException {
        ReportFile written = new ReportFile(path(), force);
        written.check();
        Reading reading = target.in(targets).read();
        Report report = reading.report();
        long bytes = written.write(FileContent.of(reading, file));
        out.println("wrote " + SafeText.of(file) + ": "
                + TextFormat.count(report.totals().sockets(), "socket") + ", "
                + TextFormat.count(report.sites().size(), "site") + ", " + TextFormat.count(bytes, "byte"));
        return Sockblame.ANSWERED;
    }

    private Path path() throws CannotAnswerException {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new CannotAnswerException("'" + file + "' is no file name", "name another one", e);
        }
    }
}
