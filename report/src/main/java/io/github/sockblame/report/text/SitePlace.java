// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import io.github.sockblame.report.Site;
import io.github.sockblame.report.Site.Place;
import io.github.sockblame.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        boolean waitsForAcceptor = site.verdict() == Verdict.UNACCEPTED;
        boolean inUse = site.current() != null && !waitsForAcceptor;
        if (inUse) {
            add(places, site.verdict().meaning(), site.current());
        }
        boolean sawTheEnd = !inUse && site.verdict().isLeak();
        add(places, sawTheEnd ? site.verdict().meaning() : "was told that the peer closed", site.eof());
        add(places, "last used at", site.lastUse());
        add(places, site.listener() == null ? "opened at" : "accepted at", site.opened());
        add(places, "close asked for at", site.closing());
        add(places, "by a listener opened at", site.listener());
        if (waitsForAcceptor) {
            add(places, "the acceptor stands at", site.current());
        }
        return places;
    }

    private static void add(List<SitePlace> places, String title, @Nullable Place place) {
        if (place != null) {
            places.add(new SitePlace(title, place));
        }
    }
}
