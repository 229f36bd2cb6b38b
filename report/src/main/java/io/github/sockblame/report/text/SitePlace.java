// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

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

    /** Returns all places of the site, in the order of the text: the culprit's first. */
    public static List<SitePlace> of(Site site) {
        List<SitePlace> places = new ArrayList<>();
        for (StackRole role : StackRole.culpritFirst(site.verdict())) {
            Place place = site.place(role);
            if (place != null) {
                places.add(new SitePlace(title(site, role), place));
            }
        }
        return places;
    }

    /** What the code of this role did, lower case, without a colon. */
    public static String title(Site site, StackRole role) {
        Verdict verdict = site.verdict();
        boolean waitsForAcceptor = verdict == Verdict.UNACCEPTED;
        boolean inUse = site.current() != null && !waitsForAcceptor;
        return switch (role) {
            case CURRENT -> waitsForAcceptor ? "the acceptor thread is at" : verdict.meaning();
            case EOF -> !inUse && verdict.isLeak() ? verdict.meaning() : "read EOF at";
            case LAST_USE -> "last used at";
            case OPENED -> site.listener() == null ? "opened at" : "accepted at";
            case CLOSING -> "close requested at";
            case LISTENER -> "by a listener opened at";
        };
    }
}
