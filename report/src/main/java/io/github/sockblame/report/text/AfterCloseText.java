// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static io.github.sockblame.report.text.SiteText.FRAME_INDENT;
import static io.github.sockblame.report.text.SiteText.INDENT;

import io.github.sockblame.report.AfterClose;
import io.github.sockblame.report.AfterClose.ClosedSite;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.EphemeralPorts;
import io.github.sockblame.report.EphemeralPorts.PortsTo;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.TcpState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The places that leave many rows behind, and the remote endpoints for which local ports become scarce. None of it is a
 * leak, so the text is short and has large figures only.
 */
final class AfterCloseText {

    /** A place that leaves fewer rows is left out, unless the ports are scarce. */
    private static final int MANY = 100;

    /** The percentage of the range from which on an endpoint is in the text. */
    private static final int MUCH_OF_RANGE = 10;

    private static final int SITES = 5;

    private AfterCloseText() {}

    static void append(StringBuilder out, Report report, TextStyle textStyle) {
        AfterClose afterClose = report.afterClose();
        List<ClosedSite> told = new ArrayList<>();
        for (ClosedSite site : afterClose == null ? List.<ClosedSite>of() : afterClose.sites()) {
            if (told.size() < SITES && (site.count() >= MANY || isScarce(report, site.remote()))) {
                told.add(site);
            }
        }
        for (ClosedSite site : told) {
            append(out, report, site, textStyle);
        }
        if (afterClose != null && !told.isEmpty()) {
            append(out, afterClose, textStyle);
        }
        EphemeralPorts ports = report.ephemeralPorts();
        if (ports != null) {
            append(out, ports);
        }
    }

    private static boolean isScarce(Report report, @Nullable Endpoint remote) {
        EphemeralPorts ports = report.ephemeralPorts();
        for (PortsTo to : ports == null ? List.<PortsTo>of() : ports.fullest()) {
            if (to.remote().equals(remote) && isMuch(to, ports)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the program has connections there; an older agent did not count them. */
    private static boolean concernsProgram(PortsTo to) {
        Integer byProgram = to.byProgram();
        return byProgram == null || byProgram > 0;
    }

    private static boolean isMuch(PortsTo to, @Nullable EphemeralPorts ports) {
        return ports != null && to.taken() * 100L >= (long) ports.size() * MUCH_OF_RANGE;
    }

    private static void append(StringBuilder out, Report report, ClosedSite site, TextStyle textStyle) {
        String about = site.sampled() ? "about " : "";
        out.append("AFTER CLOSE   ").append(about).append(states(site.states()));
        Endpoint remote = site.remote();
        Integer port = site.localPort();
        if (remote != null) {
            out.append(" to ").append(SafeText.of(remote.text()));
        } else if (port != null) {
            out.append(" of connections accepted on port ").append(port);
        }
        out.append("   oldest closed ")
                .append(TextFormat.between(site.firstClosedAt(), report.takenAt()))
                .append(" ago\n");
        place(out, report, site.localPort() == null ? "opened at:" : "accepted at:", site.opened(), textStyle);
        place(out, report, "closed at:", site.closing(), textStyle);
        out.append(INDENT).append(pace(site, about)).append('\n');
        if (site.byAddressOnly() > 0) {
            out.append(INDENT)
                    .append(about)
                    .append(TextFormat.number(site.byAddressOnly()))
                    .append(" of them by address only: another program may have used the port since then\n");
        }
        out.append('\n');
    }

    private static String pace(ClosedSite site, String about) {
        StringBuilder text = new StringBuilder();
        if (site.closedInLastTenSeconds() > 0) {
            double perSecond = site.closedInLastTenSeconds() / (double) ClosedSite.LAST_TEN_SECONDS.toSeconds();
            text.append("closed ").append(about).append(perSecond(perSecond)).append(" a second in the last 10s");
        } else {
            text.append("none closed in the last 10s");
        }
        Duration life = site.medianLifetime();
        if (life != null) {
            text.append("; median lifetime ").append(brief(life));
        }
        Integer open = site.open();
        if (open != null) {
            text.append("; now open from this place: ").append(open == 0 ? "none" : TextFormat.number(open));
        }
        return text.toString();
    }

    private static String perSecond(double rate) {
        return rate < 10 ? TextFormat.decimal(rate) : TextFormat.number(Math.round(rate));
    }

    private static String brief(Duration duration) {
        return duration.toSeconds() == 0 ? duration.toMillis() + "ms" : TextFormat.duration(duration);
    }

    private static void place(
            StringBuilder out, Report report, String role, Site.@Nullable Place place, TextStyle textStyle) {
        out.append(INDENT).append(role).append('\n').append(FRAME_INDENT);
        Frame blamed = report.culpritOrEntryFrame(place);
        if (blamed != null) {
            out.append(textStyle.bold(textStyle.truncate(SafeText.of(blamed.text()), FRAME_INDENT.length())));
        } else {
            out.append(place == null ? "not seen" : "a stack with frames of the JDK alone");
        }
        out.append('\n');
    }

    /** Adds the origin of the remaining rows, and an explanation of all of them. */
    private static void append(StringBuilder out, AfterClose afterClose, TextStyle textStyle) {
        if (!afterClose.unattributed().isEmpty()) {
            out.append(
                            textStyle.dim(
                                    states(afterClose.unattributed())
                                            + " more in this network namespace: from other programs, or from closes that the agent did not see"))
                    .append('\n');
        }
        if (!afterClose.complete()) {
            out.append("there are more such rows than the agent reads\n");
        }
        Integer timeWait = afterClose.rows().get(TcpState.TIME_WAIT);
        if (timeWait != null) {
            out.append(textStyle.dim(
                            "TIME-WAIT is not a leak: the side that closes first keeps it for one minute, with the local port"
                                    + " and no descriptor"))
                    .append('\n');
        }
    }

    private static void append(StringBuilder out, EphemeralPorts ports) {
        for (PortsTo to : ports.fullest()) {
            if (isMuch(to, ports) && concernsProgram(to)) {
                out.append("local ports taken towards ")
                        .append(SafeText.of(to.remote().text()))
                        .append(": ")
                        .append(ports.complete() ? "" : "at least ")
                        .append(TextFormat.number(to.taken()))
                        .append(" of ")
                        .append(TextFormat.number(ports.size()))
                        .append(" (")
                        .append(TextFormat.percent(to.taken(), ports.size()))
                        .append("), by all programs of this network namespace; at 100 % connect"
                                + " fails (EADDRNOTAVAIL), unless tcp_tw_reuse allows a port in TIME-WAIT\n");
            }
        }
    }

    private static String states(Map<TcpState, Integer> states) {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<TcpState, Integer> entry : states.entrySet()) {
            parts.add(TextFormat.number(entry.getValue()) + " " + entry.getKey().ssName());
        }
        return String.join(", ", parts);
    }
}
