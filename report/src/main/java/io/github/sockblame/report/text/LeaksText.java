// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.Program;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Reduction;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.Totals.UntrackedDetail;
import io.github.sockblame.report.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The {@code leaks} report: the answer first, then the totals, one paragraph a site, and what the agent did not see. The
 * figures of the whole network namespace are last, because other programs may be their reason.
 */
public final class LeaksText {

    private final Report report;
    private final TextStyle textStyle;
    private final StringBuilder out = new StringBuilder(4096);

    private LeaksText(Report report, TextStyle textStyle) {
        this.report = report;
        this.textStyle = textStyle;
    }

    /** The whole text, as it goes into a file. Each line ends with a line feed. */
    public static String of(Report report) {
        return of(report, TextStyle.PLAIN);
    }

    /** The whole text. Each line ends with a line feed. */
    public static String of(Report report, TextStyle textStyle) {
        LeaksText text = new LeaksText(report, textStyle);
        String headline = Headline.of(report);
        text.line(report.hasLeaks() ? textStyle.warn(headline) : headline);
        text.head();
        ListenersText.appendQueues(text.out, report, textStyle);
        text.line("");
        text.excluded();
        text.sites();
        AfterCloseText.append(text.out, report, textStyle);
        CleanerClosedText.append(text.out, report, textStyle);
        text.untracked();
        text.health();
        ListenersText.appendOverflows(text.out, report, textStyle);
        return WrappedText.of(text.out.toString(), textStyle.width());
    }

    /** The head of the text alone: the program, its descriptors and the sums. Each line ends with a line feed. */
    public static String head(Report report) {
        LeaksText text = new LeaksText(report, TextStyle.PLAIN);
        text.head();
        return text.out.toString();
    }

    /** The paragraph of one site of the report. Each line ends with a line feed. */
    public static String site(Report report, Site site) {
        StringBuilder paragraph = new StringBuilder();
        SiteText.append(paragraph, report, site, TextStyle.PLAIN);
        return paragraph.toString();
    }

    /** Returns whether the text has a paragraph about this site; connections that are idle or too early to judge share one line. */
    public static boolean hasParagraph(Site site) {
        return site.verdict() != Verdict.FRESH && site.verdict() != Verdict.IDLE;
    }

    private void head() {
        Program program = report.program();
        line(SafeText.of(program.name()) + " (pid " + program.pid() + ")  up "
                + TextFormat.between(program.startedAt(), report.takenAt()) + "  " + descriptors());
        caveats();
        Totals totals = report.totals();
        line("sockets " + TextFormat.number(totals.sockets()) + " = " + TextFormat.number(totals.tracked())
                + " tracked + " + TextFormat.number(totals.untracked()) + " untracked" + states(totals));
    }

    /** Adds the limits of the report. */
    private void caveats() {
        Program program = report.program();
        if (program.attachedLate()) {
            line("attached " + TextFormat.between(program.watchedSince(), report.takenAt())
                    + " ago: sockets opened earlier have no opening stack");
        }
        if (report.hidesAddresses()) {
            line("redacted: each host-N replaces one address; the ports are real");
        }
        Reduction reduction = report.reduction();
        if (reduction != null) {
            line(ReductionText.of(reduction));
        }
        if (report.hasLeaks() && !report.hasStates()) { // otherwise it stands in place of the sites
            line("not all judged: " + ReductionText.withoutState(report));
        }
    }

    private String descriptors() {
        FileDescriptors fds = report.fileDescriptors();
        if (fds.open() < 0) {
            return "fds unknown";
        }
        String open = "fds " + TextFormat.number(fds.open());
        return fds.limit() < 0
                ? open
                : open + " of " + TextFormat.number(fds.limit()) + " (" + TextFormat.percent(fds.open(), fds.limit())
                        + ")" + untilFull();
    }

    private String untilFull() {
        DescriptorForecast forecast = DescriptorForecast.of(report);
        return forecast == null ? "" : ", " + forecast.text();
    }

    private static String states(Totals totals) {
        List<Map.Entry<TcpState, Integer>> states =
                new ArrayList<>(totals.byState().entrySet());
        states.sort(Map.Entry.<TcpState, Integer>comparingByValue().reversed());
        StringBuilder text = new StringBuilder();
        if (totals.inState(TcpState.CLOSE_WAIT) > 0) {
            text.append("  ").append(state(TcpState.CLOSE_WAIT, totals.inState(TcpState.CLOSE_WAIT)));
        }
        for (Map.Entry<TcpState, Integer> entry : states) {
            if (entry.getKey() != TcpState.CLOSE_WAIT) {
                text.append("  ").append(state(entry.getKey(), entry.getValue()));
            }
        }
        appendNotTcp(text, totals);
        return text.length() == 0 ? "" : " |" + text.substring(1);
    }

    private static void appendNotTcp(StringBuilder text, Totals totals) {
        Map<Protocol, Integer> byProtocol = totals.byProtocol();
        int rest = totals.notTcp();
        if (byProtocol != null) {
            for (Map.Entry<Protocol, Integer> entry : byProtocol.entrySet()) {
                if (entry.getKey() != Protocol.TCP) {
                    text.append("  ").append(entry.getKey().word());
                    text.append(' ').append(TextFormat.number(entry.getValue()));
                    rest -= entry.getValue();
                }
            }
        }
        if (rest > 0) {
            text.append(byProtocol == null ? "  not TCP " : "  TCP in unknown state ");
            text.append(TextFormat.number(rest));
        }
    }

    private static String state(TcpState state, int count) {
        String text = state.ssName() + " " + TextFormat.number(count);
        return state == TcpState.CLOSE ? text + " (no row in ss)" : text;
    }

    private void excluded() {
        Integer leftOut = report.excludedSockets();
        if (leftOut != null && leftOut > 0) {
            line(TextFormat.count(leftOut, "socket") + " excluded by include/exclude, "
                    + TextFormat.number(report.totals().leaked() - report.leaksInSites())
                    + " of them leaks; the totals above include them");
        }
    }

    private void sites() {
        long fresh = 0;
        long idle = 0;
        Instant longestIdle = report.takenAt();
        for (Site site : report.sites()) {
            if (site.verdict() == Verdict.FRESH) {
                fresh += site.count();
            } else if (site.verdict() == Verdict.IDLE) {
                idle += site.count();
                longestIdle = site.oldestSince().isBefore(longestIdle) ? site.oldestSince() : longestIdle;
            } else {
                SiteText.append(out, report, site, textStyle);
                line("");
            }
        }
        if (idle > 0) {
            line(TextFormat.count(idle, "connection")
                    + " IDLE: established, without traffic for up to "
                    + TextFormat.between(longestIdle, report.takenAt()) + ": not counted as leaks");
        }
        if (fresh > 0) {
            line(TextFormat.count(fresh, "connection")
                    + " in CLOSE-WAIT, too early to judge: for less than "
                    + TextFormat.shortDuration(report.patience()));
        }
    }

    private void untracked() {
        int untracked = report.totals().untracked();
        if (untracked == 0) {
            return;
        }
        StringBuilder text = new StringBuilder(TextFormat.count(untracked, "untracked socket"));
        UntrackedDetail unseen = report.totals().untrackedDetail();
        if (unseen != null && !unseen.byOrigin().isEmpty()) {
            List<String> reasons = new ArrayList<>();
            unseen.byOrigin()
                    .forEach((origin, count) -> reasons.add(TextFormat.number(count) + " " + origin.meaning()));
            text.append(": ").append(String.join(", ", reasons));
            if (unseen.inCloseWait() > 0) {
                text.append("; ")
                        .append(TextFormat.number(unseen.inCloseWait()))
                        .append(" of them in CLOSE-WAIT, culprit unknown");
            }
        }
        line(text.toString());
    }

    private void health() {
        HealthText.of(report).forEach(this::line);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    /** The use of the descriptor table, and when it will be full. */
    static String descriptors(Report report) {
        return new LeaksText(report, TextStyle.PLAIN).descriptors();
    }

    /** The limits of the report, and what the agent did not see; one sentence each. */
    static List<String> notSeen(Report report) {
        LeaksText text = new LeaksText(report, TextStyle.PLAIN);
        text.caveats();
        text.excluded();
        text.untracked();
        text.health();
        return text.out.toString().lines().toList();
    }
}
