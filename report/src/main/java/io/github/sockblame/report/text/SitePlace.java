// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import io.github.sockblame.report.Culprit;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Site.Place;
import io.github.sockblame.report.StackRole;
import io.github.sockblame.report.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the places in the code that a site names, with its role.
 *
 * @param title what the program did there, lower case, without a colon
 * @param place where
 */
public record SitePlace(String title, Place place) {

    private static final String READ_EOF = "read EOF at";

    /** Returns all places of the site, in the order of the text: the culprit's first. */
    public static List<SitePlace> of(Report report, Site site) {
        Culprit culprit = Culprit.of(report, site);
        List<StackRole> roles = new ArrayList<>(StackRole.culpritFirst(site.verdict()));
        if (culprit != null) {
            roles.remove(culprit.role());
            roles.add(0, culprit.role());
        }
        List<SitePlace> places = new ArrayList<>();
        for (StackRole role : roles) {
            Place place = site.place(role);
            if (place != null) {
                places.add(new SitePlace(title(site, role, places.isEmpty()), place));
            }
        }
        return places;
    }

    /** What the code of this role did; the first place has a sentence of its own, which the others continue. */
    private static String title(Site site, StackRole role, boolean first) {
        if (role == StackRole.LISTENER && first) {
            return "accepted by a listener opened at";
        }
        return role == StackRole.EOF && !first ? READ_EOF : title(site, role);
    }

    /** What the code of this role did, lower case, without a colon. */
    public static String title(Site site, StackRole role) {
        Verdict verdict = site.verdict();
        boolean waitsForAcceptor = verdict == Verdict.UNACCEPTED;
        boolean inUse = site.current() != null && !waitsForAcceptor;
        return switch (role) {
            case CURRENT -> waitsForAcceptor ? "the acceptor thread is at" : verdict.meaning();
            case EOF -> !inUse && verdict.isLeak() ? verdict.meaning() : READ_EOF;
            case LAST_USE -> "last used at";
            case OPENED -> site.listener() == null ? "opened at" : "accepted at";
            case CLOSING -> "close requested at";
            case LISTENER -> "by a listener opened at";
        };
    }
}
