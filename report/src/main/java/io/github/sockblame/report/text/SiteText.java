// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import io.github.sockblame.report.Frame;
import io.github.sockblame.report.OmittedFrames;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Site.Flow;
import io.github.sockblame.report.Site.Place;
import io.github.sockblame.report.Site.Range;
import io.github.sockblame.report.Site.RemoteCount;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.TcpState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One site as one paragraph, culprit frame first. */
final class SiteText {

    /** Frames below the culprit frame: enough to show the caller, few enough to read a page of sites. */
    private static final int CALLERS = 4;

    /** Frames of a stack without a frame of the program. */
    private static final int WITHOUT_CULPRIT = 8;

    static final String INDENT = "     ";

    /** The noun of a site whose sockets have TCP states. */
    static final String CONNECTION = "connection";

    /** The indent of a frame. */
    static final String FRAME_INDENT = INDENT + "  ";

    private static final String CALLER_INDENT = FRAME_INDENT + "  ";

    private static final String THROUGH = "through ";

    private static final String ONLY_LIBRARIES = "(a library: the stack has no frame of the program)";

    private final StringBuilder out;
    private final Report report;
    private final TextStyle textStyle;

    private SiteText(StringBuilder out, Report report, TextStyle textStyle) {
        this.out = out;
        this.report = report;
        this.textStyle = textStyle;
    }

    static void append(StringBuilder out, Report report, Site site, TextStyle textStyle) {
        new SiteText(out, report, textStyle).append(site);
    }

    /** Adds its number, verdict and figures, in one line. */
    static void appendHead(StringBuilder out, Report report, Site site, TextStyle textStyle) {
        new SiteText(out, report, textStyle).head(site);
    }

    private void head(Site site) {
        out.append(site.number())
                .append("  ")
                .append(textStyle.verdict(site.verdict(), site.verdict().word()));
        out.append("   ").append(TextFormat.count(site.count(), noun(site))).append(remotes(site));
        Integer estimated = site.estimatedCount();
        if (estimated != null) {
            out.append(" (\u2248")
                    .append(TextFormat.number(estimated))
                    .append(" including those without an opening stack)");
        }
        String oldest = TextFormat.between(site.oldestSince(), report.takenAt());
        out.append("   oldest ").append(oldest);
        Instant median = site.medianSince();
        if (median != null && !oldest.equals(TextFormat.between(median, report.takenAt()))) {
            out.append(", median ").append(TextFormat.between(median, report.takenAt()));
        }
        Long growth = site.growth();
        if (growth != null && growth != 0 && growth != site.count()) {
            out.append("   ").append(TextFormat.signed(growth)).append(" in the last minute");
        }
        out.append("   ").append(site.confidence().word()).append('\n');
    }

    private void append(Site site) {
        head(site);
        List<SitePlace> places = SitePlace.of(report, site);
        if (places.isEmpty() || !places.get(0).title().equals(site.verdict().meaning())) {
            out.append(INDENT).append(site.verdict().meaning()).append('\n');
        }
        for (SitePlace place : places) {
            out.append(INDENT).append(place.title()).append(":\n");
            stack(place.place());
        }
        for (String fact : facts(report, site, textStyle, INDENT.length())) {
            out.append(INDENT).append(fact).append('\n');
        }
    }

    /**
     * The facts behind its verdict, one sentence each: the fate of all connections from its place, the stuck threads of
     * its listener, the kernel's figures, the evidence. The caller indents each by {@code indent} columns.
     */
    static List<String> facts(Report report, Site site, TextStyle textStyle, int indent) {
        List<String> facts = new ArrayList<>();
        Flow flow = site.flow();
        if (flow != null) {
            facts.add(FlowText.of(flow, textStyle, indent));
        }
        String stuck = StuckWorkers.of(report, site);
        if (stuck != null) {
            facts.add(stuck);
        }
        facts.add("kernel: " + kernel(site));
        for (String line : site.evidence()) {
            facts.add(SafeText.of(line));
        }
        return facts;
    }

    /** The number of sockets, their kind and their endpoint: {@code 12 connections to 10.2.3.4:443}. */
    static String subject(Report report, Site site) {
        return TextFormat.count(site.count(), noun(site)) + remotes(site);
    }

    /** What its sockets are, in the singular. */
    static String noun(Site site) {
        if (!site.states().isEmpty()) {
            return isListener(site) ? "listener" : CONNECTION;
        }
        Protocol protocol = site.protocol();
        return protocol == null || protocol == Protocol.OTHER ? "socket" : protocol.word() + " socket";
    }

    private static boolean isListener(Site site) {
        return site.states().size() == 1 && site.states().containsKey(TcpState.LISTEN);
    }

    /** {@code  to 10.2.3.4:443 and 2 other addresses}, with a blank before it; empty without an address. */
    static String remotes(Site site) {
        if (site.remotes().isEmpty()) {
            return "";
        }
        RemoteCount first = site.remotes().get(0);
        boolean accepted = site.listener() != null || first.remote().port() == 0;
        Boolean local = first.local();
        boolean isLocal = local == null ? isListener(site) : local;
        String between = isLocal ? " on " : accepted ? " from " : " to ";
        String text = between + SafeText.of(first.remote().text());
        int others = site.remoteCount() - 1;
        return others <= 0 ? text : text + " and " + TextFormat.count(others, "other address", "other addresses");
    }

    /** States and queues, as the kernel has them. */
    static String kernel(Site site) {
        List<String> parts = new ArrayList<>();
        for (TcpState state : site.states().keySet()) {
            parts.add(
                    site.states().size() == 1
                            ? state.ssName()
                            : TextFormat.number(site.states().getOrDefault(state, 0)) + " " + state.ssName());
        }
        parts.add("Recv-Q " + range(site.recvQ()));
        parts.add("Send-Q " + range(site.sendQ()));
        return String.join("  ", parts);
    }

    private static String range(@Nullable Range range) {
        if (range == null) {
            return "unknown";
        }
        return range.min() == range.max()
                ? TextFormat.number(range.min())
                : TextFormat.number(range.min()) + ".." + TextFormat.number(range.max());
    }

    private void stack(Place place) {
        Stack stack = report.stacks().get(place.stack());
        List<Frame> frames = stack.frames();
        Integer entry = stack.entry();
        int blamed = stack.culpritOrEntryIndex();
        boolean isBlamed = blamed >= 0;
        int from = Math.max(0, blamed);
        int to = Math.min(frames.size(), from + (isBlamed ? 1 + CALLERS : WITHOUT_CULPRIT));
        for (int i = from; i < to; i++) {
            String indent = i == from ? FRAME_INDENT : CALLER_INDENT;
            OmittedFrames gap = i == from ? null : stack.gapBefore(i);
            if (gap != null) {
                out.append(indent).append("... ").append(gap.text()).append('\n');
            }
            String threads = i == from ? threads(place) : "";
            String frame = textStyle.truncate(SafeText.of(frames.get(i).text()), indent.length() + threads.length());
            out.append(indent).append(i == from && isBlamed ? textStyle.bold(frame) : textStyle.dim(frame));
            out.append(threads).append('\n');
            if (i == from) {
                through(stack);
            }
        }
        if (entry != null) {
            out.append("         ").append(ONLY_LIBRARIES).append('\n');
        }
        if (frames.isEmpty()) {
            out.append("       (no stack was captured)").append(threads(place)).append('\n');
        }
        StringBuilder rest = new StringBuilder();
        if (to < frames.size()) {
            rest.append("... ").append(TextFormat.count(frames.size() - to + stack.omittedFrom(to), "more frame"));
        }
        if (place.stackCount() > 1) {
            rest.append(rest.length() == 0 ? "" : "; ").append(TextFormat.count(place.stackCount() - 1, "other stack"));
            rest.append(place.stackCount() == 2 ? " leads here" : " lead here");
        }
        if (rest.length() > 0) {
            out.append("         ").append(rest).append('\n');
        }
    }

    /** The innermost library frame through which the culprit went. */
    private void through(Stack stack) {
        Frame through = stack.throughFrame();
        if (through != null) {
            String frame = textStyle.truncate(SafeText.of(through.text()), CALLER_INDENT.length() + THROUGH.length());
            out.append(CALLER_INDENT).append(THROUGH).append(frame).append('\n');
        }
    }

    private static String threads(Place place) {
        if (place.threads().isEmpty()) {
            return "";
        }
        String names = SafeText.of(String.join(", ", place.threads()));
        return place.threadCount() == 1
                ? "    thread " + names
                : "    " + TextFormat.count(place.threadCount(), "thread") + ", " + names;
    }
}
