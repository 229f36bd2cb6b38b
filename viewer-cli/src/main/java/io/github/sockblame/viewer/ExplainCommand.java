// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import io.github.sockblame.report.Digits;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.text.ExplainText;
import io.github.sockblame.report.text.TextFormat;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.Reading;
import io.github.sockblame.viewer.connect.Targets;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sockblame explain}. */
@Command(
        name = "explain",
        description =
                "Tells all that is known of one site or one socket: what it means, what to do, and its story in time.",
        footer = {
            "",
            "WHAT is the number of a site as sockblame leaks prints it, or fd=17: the socket with that file descriptor.",
            "A site is told by the connection that has been so for longest. Stacks are printed whole.",
            "Example: sockblame explain 4242 1",
            "Example: sockblame explain shop.json fd=17"
        })
final class ExplainCommand implements Callable<Integer> {

    private static final String DESCRIPTOR = "fd=";

    private final Targets targets;
    private final Screen screen;
    private final PrintStream out;

    @Mixin
    private TargetArgument target = new TargetArgument();

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "WHAT", description = "A site's number, or fd=NUMBER.")
    private List<String> what = List.of();

    @Option(names = "--json", description = "Print what the report has of it as JSON, with the stacks that it names.")
    private boolean json;

    @Mixin
    private Wide wide = new Wide();

    ExplainCommand(Targets targets, Screen screen, PrintStream out) {
        this.targets = targets;
        this.screen = screen;
        this.out = out;
    }

    @Override
    public Integer call() throws CannotAnswerException {
        String wanted = String.join("", what).replace(" ", "").toLowerCase(Locale.ROOT);
        boolean descriptor = wanted.startsWith(DESCRIPTOR);
        int number = Digits.parse(descriptor ? wanted.substring(DESCRIPTOR.length()) : wanted, 9, 10);
        if (number < 0) {
            throw new CannotAnswerException(
                    "'" + String.join(" ", what) + "' is neither the number of a site nor fd=NUMBER",
                    "sockblame leaks TARGET numbers the sites, sockblame list TARGET has the descriptors");
        }
        Reading reading = target.in(targets).read();
        if (descriptor) {
            tell(reading, socket(reading.reportWithSockets(), number));
        } else {
            tell(reading, site(reading.report(), number));
        }
        return Sockblame.ANSWERED;
    }

    private void tell(Reading reading, Socket socket) {
        if (json) {
            JsonLine.print(out, ExplanationJson.of(reading, socket));
        } else {
            out.print(ExplainText.of(reading.report(), socket, screen.look(wide)));
        }
    }

    private void tell(Reading reading, Site site) {
        if (json) {
            JsonLine.print(out, ExplanationJson.of(reading, site));
        } else {
            out.print(ExplainText.of(reading.report(), site, screen.look(wide)));
            out.println("all of its kind: sockblame list " + target + " verdict "
                    + site.verdict().word().replace(' ', '-').toLowerCase(Locale.ROOT));
        }
    }

    private Site site(Report report, int number) throws CannotAnswerException {
        int sites = report.sites().size();
        if (number < 1 || number > sites) {
            throw new CannotAnswerException(
                    "no site " + number + ", the report has " + TextFormat.count(sites, "site"),
                    "sockblame leaks " + target + " numbers them");
        }
        return report.sites().get(number - 1);
    }

    private Socket socket(Report report, int fd) throws CannotAnswerException {
        return report.sockets().stream()
                .filter(socket -> socket.fd() == fd)
                .findFirst()
                .orElseThrow(() -> new CannotAnswerException(
                        "no socket with file descriptor " + fd + " in the report",
                        "sockblame list " + target + " has those that are"));
    }
}
