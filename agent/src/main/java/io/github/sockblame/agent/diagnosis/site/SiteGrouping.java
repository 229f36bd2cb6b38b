// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import io.github.sockblame.agent.join.AcceptorThread;
import io.github.sockblame.agent.join.JoinedListener;
import io.github.sockblame.agent.join.ListenerReport;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Groups the sockets with a verdict into sites: leaks first, the largest first. */
public final class SiteGrouping {

    private static final Comparator<SiteBuilder> WORST_FIRST = Comparator.comparing(
                    (SiteBuilder site) -> site.verdict().severity())
            .thenComparing(site -> !site.isLeak())
            .thenComparing(site -> -site.count());

    private final ReportRows sockets;
    private final ListenerReport listeners;
    private final StackTable stacks;
    private final SiteKeys keys;
    private final Map<SiteKey, SiteBuilder> sites = new LinkedHashMap<>();

    /**
     * Begins without a site.
     *
     * @param sockets every socket of the process, also those that are in no site
     * @param listeners those of them that listen
     * @param stacks has their stacks
     */
    public SiteGrouping(ReportRows sockets, ListenerReport listeners, StackTable stacks) {
        this.sockets = sockets;
        this.listeners = listeners;
        this.stacks = stacks;
        this.keys = new SiteKeys(sockets, stacks);
    }

    /** Adds the socket at this index, which has a verdict, to its site. */
    public void add(int index) {
        ReportRow socket = sockets.row(index);
        SiteKey key = keys.keyOf(socket);
        SiteBuilder site = sites.get(key);
        if (site == null) {
            site = new SiteBuilder(socket.verdict());
            sites.put(key, site);
        }
        site.add(socket, keys.isAccepted(socket));
        JoinedListener listener = socket.verdict() == Verdict.UNACCEPTED ? listeners.at(socket.fd()) : null;
        if (listener != null) {
            AcceptorThread acceptor = listener.acceptor();
            site.addListener(listener, acceptor == null ? null : stacks.event(acceptor.standing()));
        }
    }

    /** Numbers the sites and their sockets, after all sockets were added. */
    public List<Site> toSites(Instant now, FlowCounter flows) {
        List<SiteBuilder> ordered = new ArrayList<>(sites.values());
        ordered.sort(WORST_FIRST);
        List<Site> numbered = new ArrayList<>(ordered.size());
        for (SiteBuilder site : ordered) {
            int number = numbered.size() + 1;
            // the sockets of one site were all opened at one place
            Site.Flow flow = flows.flowOf(site.sockets().get(0));
            numbered.add(site.toSite(number, now, flow));
            for (ReportRow socket : site.sockets()) {
                socket.setSite(number);
            }
        }
        return numbered;
    }
}
