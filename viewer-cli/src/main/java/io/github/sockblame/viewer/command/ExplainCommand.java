// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.net.Digits;
import io.github.sockblame.report.text.ExplainText;
import io.github.sockblame.report.text.TextFormat;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.FetchedReport;
import io.github.sockblame.viewer.connect.TargetResolver;
import io.github.sockblame.viewer.output.JsonLine;
import io.github.sockblame.viewer.output.OutputStyle;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sockblame explain}. */
@Command(
        name = "explain",
        description = "Describes one site or one socket: what it means, what to do, and its events in order of time.",
        footer = {
            "",
            "WHAT is the number of a site, as sockblame leaks prints it, or fd=17 for the socket with that file descriptor.",
            "For a site, the oldest connection is shown. Stacks are printed in full.",
            "Example: sockblame explain 4242 1",
            "Example: sockblame explain shop.json fd=17"
        })
final class ExplainCommand implements Callable<Integer> {

    private static final String DESCRIPTOR = "fd=";

    /** {@code fd = 17} may have blanks. */
    private static final Pattern AROUND_EQUALS = Pattern.compile("\\s*=\\s*");

    private final TargetResolver targetResolver;
    private final OutputStyle outputStyle;
    private final PrintStream out;

    @Mixin
    private TargetArgument target = new TargetArgument();

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "WHAT",
            description = "The number of a site, or fd=NUMBER.")
    private List<String> what = List.of();

    @Option(names = "--json", description = "Print this part of the report as JSON, with the stacks that it refers to.")
    private boolean json;

    @Mixin
    private WideOption wide = new WideOption();

    ExplainCommand(TargetResolver targetResolver, OutputStyle outputStyle, PrintStream out) {
        this.targetResolver = targetResolver;
        this.outputStyle = outputStyle;
        this.out = out;
    }

    @Override
    public Integer call() throws CannotAnswerException {
        String words = String.join(" ", what).strip();
        String wanted = AROUND_EQUALS.matcher(words).replaceAll("=").toLowerCase(Locale.ROOT);
        if (wanted.contains(" ")) {
            throw new CannotAnswerException(
                    "'" + words + "' is more than one site or socket", "explain one of them at a time");
        }
        boolean descriptor = wanted.startsWith(DESCRIPTOR);
        int number = Digits.parse(descriptor ? wanted.substring(DESCRIPTOR.length()) : wanted, 9, 10);
        if (number < 0) {
            throw new CannotAnswerException(
                    "'" + words + "' is neither the number of a site nor fd=NUMBER",
                    "sockblame leaks TARGET shows the numbers of sites, sockblame list TARGET the descriptors");
        }
        FetchedReport fetchedReport = target.in(targetResolver).read();
        if (descriptor) {
            print(fetchedReport, socket(fetchedReport.reportWithSockets(), number));
        } else {
            print(fetchedReport, site(fetchedReport.report(), number));
        }
        return ExitStatus.ANSWERED;
    }

    private void print(FetchedReport fetchedReport, Socket socket) {
        if (json) {
            JsonLine.print(out, ExplanationJson.of(fetchedReport, socket));
        } else {
            out.print(ExplainText.of(fetchedReport.report(), socket, outputStyle.textStyle(wide.isWanted())));
        }
    }

    private void print(FetchedReport fetchedReport, Site site) {
        if (json) {
            JsonLine.print(out, ExplanationJson.of(fetchedReport, site));
        } else {
            out.print(ExplainText.of(fetchedReport.report(), site, outputStyle.textStyle(wide.isWanted())));
            out.println("all sockets with this verdict: sockblame list " + target + " verdict "
                    + site.verdict().word().replace(' ', '-').toLowerCase(Locale.ROOT));
        }
    }

    private Site site(Report report, int number) throws CannotAnswerException {
        int sites = report.sites().size();
        if (number < 1 || number > sites) {
            throw new CannotAnswerException(
                    "no site " + number + ", the report has " + TextFormat.count(sites, "site"),
                    "sockblame leaks " + target + " shows their numbers");
        }
        return report.sites().get(number - 1);
    }

    private Socket socket(Report report, int fd) throws CannotAnswerException {
        return report.sockets().stream()
                .filter(socket -> socket.fd() == fd)
                .findFirst()
                .orElseThrow(() -> new CannotAnswerException(
                        "no socket with file descriptor " + fd + " in the report",
                        "sockblame list " + target + " shows all sockets"));
    }
}
