// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.diff;

import static java.util.Objects.requireNonNull;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Program;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.SiteIdentity;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.text.SitePlace;
import io.github.sockblame.report.text.TextFormat;
import io.github.sockblame.report.text.TextStyle;
import io.github.sockblame.report.text.WrappedText;
import io.github.sockblame.viewer.diff.SiteChange.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison as text: totals, then one paragraph for each changed site. */
public final class ComparisonText {

    private final Comparison comparison;
    private final TextStyle textStyle;
    private final StringBuilder out = new StringBuilder(2048);

    private ComparisonText(Comparison comparison, TextStyle textStyle) {
        this.comparison = comparison;
        this.textStyle = textStyle;
    }

    /** The whole text, each line ended by a line feed. */
    public static String of(Comparison comparison, TextStyle textStyle) {
        ComparisonText text = new ComparisonText(comparison, textStyle);
        text.head();
        text.totals();
        text.line("");
        text.sites();
        return WrappedText.of(text.out.toString(), textStyle.width());
    }

    private void head() {
        Report before = comparison.before();
        Report after = comparison.after();
        boolean sameName = before.program().name().equals(after.program().name());
        line(name(after.program()) + "   " + textStyle.moment(before.takenAt()) + " to "
                + textStyle.moment(after.takenAt()) + ", " + TextFormat.duration(comparison.between()));
        if (!comparison.isSameRun()) {
            line((sameName ? "another run of the program: " : "another program: ")
                    + "the first report is of " + name(before.program()) + ", started "
                    + textStyle.moment(before.program().startedAt()) + ", the second of " + name(after.program())
                    + ", started "
                    + textStyle.moment(after.program().startedAt()) + "; so there are no rates");
        } else if (!before.program().watchedSince().equals(after.program().watchedSince())) {
            line(
                    "the agent was attached again between them: sockets that were open then may be untracked now, in other sites");
        }
    }

    private static String name(Program program) {
        return SafeText.of(program.name()) + " (pid " + program.pid() + ")";
    }

    private void totals() {
        Report before = comparison.before();
        Report after = comparison.after();
        long fdsBefore = before.fileDescriptors().open();
        long fdsAfter = after.fileDescriptors().open();
        if (fdsBefore >= 0 && fdsAfter >= 0) {
            figure("fds", fdsBefore, fdsAfter);
        }
        figure("sockets", before.totals().sockets(), after.totals().sockets());
        figure("leaks", before.leaksInSites(), after.leaksInSites());
        for (TcpState state : TcpState.values()) {
            int then = before.totals().inState(state);
            int now = after.totals().inState(state);
            if (then != 0 || now != 0) {
                figure(state.ssName(), then, now);
            }
        }
    }

    private void figure(String name, long before, long after) {
        line(String.format(Locale.ROOT, "%-12s%s", name, change(before, after)));
    }

    private String change(long before, long after) {
        if (before == after) {
            return TextFormat.number(after) + ", unchanged";
        }
        String growth = signed(TextFormat.number(after - before), after - before);
        Double pace = comparison.perMinute(after - before);
        return TextFormat.number(before) + " -> " + TextFormat.number(after) + "   " + growth
                + (pace == null
                        ? ""
                        : "   " + signed(String.format(Locale.ROOT, "%,.1f", pace), after - before) + "/min");
    }

    private static String signed(String number, long growth) {
        return growth > 0 ? "+" + number : number;
    }

    private void sites() {
        List<SiteChange> same = new ArrayList<>();
        for (SiteChange site : comparison.sites()) {
            if (site.kind() == Kind.UNCHANGED) {
                same.add(site);
            } else {
                site(site);
                line("");
            }
        }
        if (!same.isEmpty()) {
            long connections = same.stream().mapToLong(SiteChange::after).sum();
            line(TextFormat.count(same.size(), "site") + " unchanged, with "
                    + TextFormat.count(connections, "connection"));
        }
        if (comparison.sites().isEmpty()) {
            line("no site in either report");
        }
    }

    private void site(SiteChange site) {
        SiteIdentity key = site.key();
        String kind = site.kind().name();
        Endpoint address = key.address();
        Integer number = site.number();
        line((site.isWorse() ? textStyle.warn(kind) : kind) + "   "
                + textStyle.verdict(key.verdict(), key.verdict().word()) + "   " + change(site.before(), site.after())
                + (address == null ? "" : "   " + SafeText.of(address.text()))
                + (number == null ? "" : "   (site " + number + " now)"));
        Report report = number == null ? comparison.before() : comparison.after();
        places(site.latest(), report);
    }

    private void places(Site site, Report report) {
        List<SitePlace> named = SitePlace.of(report, site).stream()
                .filter(place -> report.culpritOrEntryFrame(place.place()) != null)
                .toList();
        if (named.isEmpty() || !named.get(0).title().equals(site.verdict().meaning())) {
            line("     " + site.verdict().meaning());
        }
        for (SitePlace place : named) {
            Frame frame = requireNonNull(report.culpritOrEntryFrame(place.place()));
            line("     " + place.title() + ":");
            line("       " + textStyle.bold(textStyle.truncate(SafeText.of(frame.text()), 7)));
        }
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
