// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static io.github.sockblame.report.text.SiteText.INDENT;

import io.github.sockblame.report.Culprit;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Listener;
import io.github.sockblame.report.Program;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Site.Flow;
import io.github.sockblame.report.Site.RemoteCount;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All facts about one site or one socket: the meaning of the verdict, the advice, and the story in the order of time.
 */
public final class ExplainText {

    private final Report report;
    private final TextStyle textStyle;
    private final StringBuilder out = new StringBuilder(4096);

    private ExplainText(Report report, TextStyle textStyle) {
        this.report = report;
        this.textStyle = textStyle;
    }

    /** The site, and the socket of it that has been in its state for longest. Each line ends with a line feed. */
    public static String of(Report report, Site site, TextStyle textStyle) {
        ExplainText text = new ExplainText(report, textStyle);
        text.head();
        text.site(site);
        return WrappedText.of(text.out.toString(), textStyle.width());
    }

    /** One socket. Each line ends with a line feed. */
    public static String of(Report report, Socket socket, TextStyle textStyle) {
        ExplainText text = new ExplainText(report, textStyle);
        text.head();
        text.socket(socket);
        return WrappedText.of(text.out.toString(), textStyle.width());
    }

    private void head() {
        Program program = report.program();
        line(SafeText.of(program.name()) + " (pid " + program.pid() + ")  report of "
                + textStyle.moment(report.takenAt()) + "; ages are relative to that time");
        line("");
    }

    private void site(Site site) {
        SiteText.appendHead(out, report, site, textStyle);
        judgement(site.verdict());
        culprit(Culprit.of(report, site));
        for (String fact : SiteText.facts(report, site, textStyle, INDENT.length())) {
            line(INDENT + fact);
        }
        remotes(site);
        line("");
        Optional<Socket> oldest = report.sockets().stream()
                .filter(socket -> isIn(socket, site.number()))
                .min(Comparator.comparing(ExplainText::since));
        if (oldest.isPresent()) {
            line((site.count() == 1 ? "timeline, " : "timeline of the oldest, ") + name(oldest.get()) + ":");
            story(Timeline.of(report, oldest.get()));
        } else {
            line("this report has no sockets of the site; the site itself, without times:");
            story(Timeline.of(site));
        }
    }

    private static boolean isIn(Socket socket, int site) {
        return socket.site() != null && socket.site() == site;
    }

    /** Returns since when it has been in its state, or when it was opened if the report has no more. */
    private static Instant since(Socket socket) {
        Instant since = socket.stateSince();
        return since != null
                ? since
                : socket.opened() == null ? Instant.MAX : socket.opened().at();
    }

    private void remotes(Site site) {
        if (site.remotes().size() > 1) {
            List<String> parts = new ArrayList<>();
            for (RemoteCount remote : site.remotes()) {
                parts.add(TextFormat.number(remote.count()) + " at "
                        + SafeText.of(remote.remote().text()));
            }
            int others = site.remoteCount() - parts.size();
            line(INDENT + "addresses: " + String.join(", ", parts)
                    + (others > 0 ? ", and " + TextFormat.number(others) + " more" : ""));
        }
    }

    private void socket(Socket socket) {
        Verdict verdict = socket.verdict();
        line((verdict == Verdict.NONE ? "" : textStyle.verdict(verdict, verdict.word()) + "   ")
                + name(socket)
                + (verdict == Verdict.NONE ? "" : "   " + socket.confidence().word()));
        if (verdict == Verdict.NONE) {
            line(INDENT + noJudgement(socket));
        } else {
            judgement(verdict);
            culprit(Culprit.of(report, socket));
        }
        TcpState state = socket.state();
        line(INDENT + "kernel: " + (state == null ? socket.protocol().word() : state.ssName()) + "  Recv-Q "
                + figure(socket.recvQ()) + "  Send-Q " + figure(socket.sendQ()));
        listener(socket);
        weight(socket.weight());
        Integer number = socket.site();
        if (number != null) {
            Site site = report.sites().get(number - 1);
            line(INDENT + "it is one of " + TextFormat.count(site.count(), "socket") + " of site " + number);
            Flow flow = site.flow();
            if (flow != null) {
                line(INDENT + FlowText.of(flow, textStyle, INDENT.length()));
            }
            for (String evidence : site.evidence()) {
                line(INDENT + SafeText.of(evidence));
            }
        }
        line("");
        line("timeline:");
        story(Timeline.of(report, socket));
    }

    private void judgement(Verdict verdict) {
        line(INDENT + verdict.meaning());
        line(INDENT + "what to do: " + textStyle.bold(verdict.advice()));
    }

    private String noJudgement(Socket socket) {
        boolean judged = report.hasStates()
                || socket.state() != null
                || !socket.protocol().mayBeTcp();
        return judged ? "no problem found" : "not judged: the kernel refused its state";
    }

    private void culprit(@Nullable Culprit culprit) {
        if (culprit != null) {
            String name = "culprit: ";
            String frame = SafeText.of(culprit.frame().text());
            line(INDENT + name + textStyle.bold(textStyle.truncate(frame, INDENT.length() + name.length())));
            Frame through = culprit.through();
            if (through != null) {
                String via = "through: ";
                line(INDENT + via + textStyle.truncate(SafeText.of(through.text()), INDENT.length() + via.length()));
            }
        }
    }

    private void listener(Socket socket) {
        List<Listener> listeners = report.listeners();
        for (Listener listener : listeners == null ? List.<Listener>of() : listeners) {
            if (listener.fd() == socket.fd()) {
                line(INDENT + "accept queue " + figure(listener.queue()) + " of " + figure(listener.limit())
                        + ", backlog " + figure(listener.backlog()) + "; accepted " + figure(listener.accepted())
                        + " in all");
            }
        }
    }

    private void weight(@Nullable Integer weight) {
        if (weight != null) {
            line(INDENT
                    + (weight == 0
                            ? "its opening stack was not captured, because of capture.budget"
                            : "its opening stack represents about " + TextFormat.count(weight, "socket")
                                    + ", because of capture.budget"));
        }
    }

    private static String name(Socket socket) {
        Endpoint local = socket.local();
        Endpoint remote = socket.remote();
        return "fd " + socket.fd() + (socket.inode() < 0 ? "" : ", inode " + socket.inode()) + ", "
                + socket.protocol().word() + " "
                + (local == null && remote == null
                        ? "of unknown address"
                        : address(local)
                                + (socket.state() == TcpState.LISTEN ? ", a listener" : " -> " + address(remote)));
    }

    private static String address(@Nullable Endpoint endpoint) {
        return endpoint == null ? "unknown" : SafeText.of(endpoint.text());
    }

    private static String figure(@Nullable Number figure) {
        return figure == null ? "unknown" : TextFormat.number(figure.longValue());
    }

    private void story(Timeline timeline) {
        Map<Integer, String> told = new HashMap<>();
        for (TimelineEntry timelineEntry : timeline.steps()) {
            step(timelineEntry, told);
        }
        if (!timeline.notSeen().isEmpty()) {
            line("not seen:");
            for (String what : timeline.notSeen()) {
                line(INDENT + what);
            }
        }
    }

    private void step(TimelineEntry timelineEntry, Map<Integer, String> told) {
        Instant at = timelineEntry.at();
        String when =
                at == null ? "" : textStyle.moment(at) + "  " + TextFormat.between(at, report.takenAt()) + " ago  ";
        String thread = timelineEntry.thread().isEmpty() ? "" : "    " + SafeText.of(timelineEntry.thread());
        line("  " + when + textStyle.bold(timelineEntry.what()) + thread);
        Integer stack = timelineEntry.stack();
        if (stack == null) {
            return;
        }
        String before = told.putIfAbsent(stack, timelineEntry.what());
        if (before == null) {
            StackText.append(out, report.stacks().get(stack), textStyle);
        } else {
            line("       (the same stack as of: " + before + ")");
        }
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
