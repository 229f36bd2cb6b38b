// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alert;

import io.github.sockblame.report.Culprit;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.OpeningFrame;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.StackRole;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.text.ReductionText;
import io.github.sockblame.report.text.SitePlace;
import io.github.sockblame.report.text.TextFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The text of an alert, in one line. */
final class AlertText {

    private AlertText() {}

    /** The process as a whole, and the largest leak. */
    static String of(Report report) {
        StringBuilder text = new StringBuilder();
        FileDescriptors fds = report.fileDescriptors();
        text.append(openDescriptors(fds)).append(" file descriptors are open, ");
        text.append(TextFormat.number(report.totals().sockets())).append(" of them sockets, ");
        text.append(TextFormat.number(report.totals().inState(TcpState.CLOSE_WAIT)))
                .append(" in CLOSE-WAIT; ");
        if (!report.canDenyLeaks() && !report.hasLeaks()) {
            text.append(ReductionText.notJudged(report));
        } else if (report.hasLeaks()) {
            text.append(TextFormat.number(report.leaksInSites())).append(" leaked, most of them: ");
            text.append(of(report.sites().get(0), report)); // leaks come first, the largest first
        } else {
            Integer leftOut = report.excludedSockets();
            text.append("no leaks found")
                    .append(leftOut == null || leftOut == 0 ? "" : " except what include/exclude exclude")
                    .append(mostOpened(report));
        }
        return text.toString();
    }

    /** How many are open: {@code 17 of 1,024}, {@code an unknown number of 1,024}, or without the limit if that is unknown. */
    static String openDescriptors(FileDescriptors fds) {
        String open = fds.open() < 0 ? "an unknown number" : TextFormat.number(fds.open());
        if (fds.limit() > 0) {
            return open + " of " + TextFormat.number(fds.limit());
        }
        return fds.open() < 0 ? open + " of" : open;
    }

    /** The place where most of the open sockets were opened: if there is no leak yet, that is the place to check. */
    private static String mostOpened(Report report) {
        Map<Frame, Integer> byPlace = new HashMap<>();
        Frame most = null;
        for (Socket socket : report.sockets()) {
            Frame place = OpeningFrame.of(report, socket);
            if (place != null) {
                byPlace.merge(place, 1, Integer::sum);
                most = most == null || byPlace.getOrDefault(place, 0) > byPlace.getOrDefault(most, 0) ? place : most;
            }
        }
        return most == null
                ? ""
                : ", most sockets were opened at " + SafeText.of(most.text()) + ": "
                        + TextFormat.number(byPlace.getOrDefault(most, 0));
    }

    /** One site. */
    static String of(Site site, Report report) {
        return nameOf(site, report) + ", " + TextFormat.number(site.count()) + " open, oldest "
                + TextFormat.between(site.oldestSince(), report.takenAt());
    }

    /** Its verdict and its culprit, or without one the address. */
    static String nameOf(Site site, Report report) {
        StringBuilder text = new StringBuilder(site.verdict().word());
        Culprit culprit = Culprit.of(report, site);
        if (culprit != null) {
            StackRole role = culprit.role();
            boolean isSubject = role == StackRole.EOF || role == StackRole.CURRENT;
            text.append(isSubject ? " by " : ", " + SitePlace.title(site, role) + " ");
            text.append(SafeText.of(culprit.frame().text()));
        } else if (!site.remotes().isEmpty()) {
            Endpoint remote = site.remotes().get(0).remote();
            text.append(", address ").append(SafeText.of(remote.text()));
        }
        return text.toString();
    }

    /** The end of a condition. */
    static String resolved(String what, long most, Duration took, Report report) {
        String subject = what.isEmpty() ? of(report) : what + ", at most " + TextFormat.number(most);
        return subject + "; it lasted " + TextFormat.duration(took);
    }
}
