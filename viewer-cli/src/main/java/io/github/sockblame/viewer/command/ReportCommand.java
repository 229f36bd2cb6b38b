// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import io.github.sockblame.report.Reduction;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.text.ReductionText;
import io.github.sockblame.report.text.TextFormat;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.FetchedReport;
import io.github.sockblame.viewer.connect.OutputFile;
import io.github.sockblame.viewer.connect.TargetResolver;
import io.github.sockblame.viewer.output.ReportRenderer;
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
            "Saves the whole report as JSON, which the same verbs can read later;",
            "or, if FILE ends in .html, as one self-contained page for a browser; if it ends in .txt, as the text of leaks."
        },
        footer = {
            "",
            "Only its owner can read the file. The exit status is 0 even if there are leaks.",
            "Example: sockblame report 4242 -o shop.json",
            "Example: sockblame report shop.json -o shop.html"
        })
final class ReportCommand implements Callable<Integer> {

    private final TargetResolver targetResolver;
    private final PrintStream out;

    @Mixin
    private TargetArgument target = new TargetArgument();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "File to write; it must not exist.")
    private String file = "";

    @Option(names = "--force", description = "Replace the file if it exists.")
    private boolean force;

    ReportCommand(TargetResolver targetResolver, PrintStream out) {
        this.targetResolver = targetResolver;
        this.out = out;
    }

    @Override
    public Integer call() throws CannotAnswerException {
        OutputFile written = new OutputFile(path(), force);
        ReportRenderer.checkName(file);
        written.check();
        FetchedReport fetchedReport = target.in(targetResolver).read();
        Report report = fetchedReport.report();
        long bytes = written.write(ReportRenderer.of(fetchedReport, file));
        out.println("wrote " + SafeText.of(file) + ": "
                + TextFormat.count(report.totals().sockets(), "socket") + ", "
                + TextFormat.count(report.sites().size(), "site") + ", " + TextFormat.count(bytes, "byte"));
        Reduction reduction = report.reduction();
        if (reduction != null) {
            out.println(ReductionText.of(reduction));
        }
        return ExitStatus.ANSWERED;
    }

    private Path path() throws CannotAnswerException {
        if (file.isBlank()) {
            throw new CannotAnswerException("'" + file + "' is not a file name", "give a name after -o");
        }
        if (file.equals("-")) {
            throw new CannotAnswerException(
                    "-o - is no file, and this verb does not write a report to standard output",
                    "use sockblame leaks " + target + " --json, or -o ./- for a file of that name");
        }
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new CannotAnswerException("'" + file + "' is not a file name", "choose another name", e);
        }
    }
}
