// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Culprit;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer of a report in one line: how many connections leaked, at how many sites, and the culprit of the worst one;
 * or that no leak was found, and how sure that is.
 */
final class Headline {

    private Headline() {}

    /** {@code 24 leaked connections at 3 sites; worst: PaymentClient.charge (12)}. */
    static String of(Report report) {
        if (!report.hasLeaks()) {
            return withoutLeaks(report);
        }
        List<Site> leaks = new ArrayList<>();
        for (Site site : report.sites()) {
            if (isLeak(site)) {
                leaks.add(site);
            }
        }
        String leaked = TextFormat.count(report.leaksInSites(), "leaked " + noun(leaks));
        if (leaks.isEmpty()) {
            return leaked + ", and this report has no site for them";
        }
        String place = leaked + " at " + TextFormat.count(leaks.size(), "site");
        Site worst = leaks.get(0);
        return leaks.size() == 1
                ? place + ": " + culprit(report, worst)
                : place + "; worst: " + culprit(report, worst) + " (" + TextFormat.number(worst.count()) + ")";
    }

    private static String noun(List<Site> leaks) {
        for (Site site : leaks) {
            if (!SiteText.noun(site).equals(SiteText.CONNECTION)) {
                return "socket";
            }
        }
        return SiteText.CONNECTION;
    }

    private static String culprit(Report report, Site site) {
        Culprit culprit = Culprit.of(report, site);
        if (culprit != null) {
            return SafeText.of(culprit.frame().shortText());
        }
        String remotes = SiteText.remotes(site);
        return "culprit unknown" + (remotes.isEmpty() ? "" : "," + remotes);
    }

    /** The first line of a report without leaks. */
    private static String withoutLeaks(Report report) {
        if (!report.canDenyLeaks()) {
            return ReductionText.notJudged(report);
        }
        long early = 0;
        for (Site site : report.sites()) {
            early += site.verdict() == Verdict.FRESH ? site.count() : 0;
        }
        return denial(report)
                + (early == 0
                        ? ""
                        : "; " + TextFormat.count(early, "connection") + (early == 1 ? " is" : " are")
                                + " too early to judge");
    }

    private static String denial(Report report) {
        long suspects = 0;
        for (Site site : report.sites()) {
            suspects += isSuspect(site) ? site.count() : 0;
        }
        if (suspects > 0) {
            return "no leak is proven; not counted as leaks: " + TextFormat.count(suspects, SiteText.CONNECTION)
                    + " that the peer has ended, see below";
        }
        return report.totals().leaked() == 0 ? "no leaks found" : "no leaks found among the others";
    }

    private static boolean isLeak(Site site) {
        return site.verdict().isLeak(site.confidence());
    }

    /** Returns whether the peer has ended its connections, and another reason than a leak is possible. */
    private static boolean isSuspect(Site site) {
        return site.verdict() == Verdict.FIN_SWALLOWED
                || site.verdict() == Verdict.STALE
                || (site.verdict().isLeak() && site.confidence() == Confidence.POSSIBLE);
    }
}
