// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.redact;

import io.github.sockblame.report.AfterClose;
import io.github.sockblame.report.AgentHealth;
import io.github.sockblame.report.ClosedByCleaner;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.EphemeralPorts;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.Listener;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies one report with pseudonyms. Many sockets of a report share few threads. */
final class ReportRedactor {

    private final HostPseudonyms hosts;
    private final Map<String, String> threads = new HashMap<>();

    ReportRedactor(HostPseudonyms hosts) {
        this.hosts = hosts;
    }

    Report redact(Report report) {
        List<Site> sites = new ArrayList<>();
        for (Site site : report.sites()) {
            sites.add(of(site));
        }
        List<Socket> sockets = new ArrayList<>();
        for (Socket socket : report.sockets()) {
            sockets.add(of(socket));
        }
        return report.toBuilder()
                .sites(sites)
                .sockets(sockets)
                .closedByCleaner(of(report.closedByCleaner()))
                .agent(of(report.agent()))
                .listeners(ofListeners(report.listeners()))
                .afterClose(ofAfterClose(report.afterClose()))
                .ephemeralPorts(ofPorts(report.ephemeralPorts()))
                .redacted(true)
                .build();
    }

    private Site of(Site site) {
        List<Site.RemoteCount> remotes = new ArrayList<>();
        for (Site.RemoteCount remote : site.remotes()) {
            Endpoint endpoint = new Endpoint(
                    hosts.pseudonym(remote.remote().address()), remote.remote().port());
            remotes.add(new Site.RemoteCount(endpoint, remote.count(), remote.local()));
        }
        return site.toBuilder()
                .remotes(remotes)
                .eof(ofPlace(site.eof()))
                .opened(ofPlace(site.opened()))
                .closing(ofPlace(site.closing()))
                .listener(ofPlace(site.listener()))
                .current(ofPlace(site.current()))
                .lastUse(ofPlace(site.lastUse()))
                .evidence(site.evidence().stream().map(hosts::inText).toList())
                .build();
    }

    private Socket of(Socket socket) {
        return socket.toBuilder()
                .local(ofEndpoint(socket.local()))
                .remote(ofEndpoint(socket.remote()))
                .opened(ofEvent(socket.opened()))
                .listenerOpened(ofEvent(socket.listenerOpened()))
                .eof(ofEvent(socket.eof()))
                .closeNotify(ofEvent(socket.closeNotify()))
                .closing(ofEvent(socket.closing()))
                .current(ofEvent(socket.current()))
                .lastUse(ofEvent(socket.lastUse()))
                .build();
    }

    private @Nullable List<Listener> ofListeners(@Nullable List<Listener> listeners) {
        if (listeners == null) {
            return null;
        }
        List<Listener> redacted = new ArrayList<>();
        for (Listener listener : listeners) {
            redacted.add(new Listener(
                    listener.fd(),
                    ofEndpoint(listener.local()),
                    listener.queue(),
                    listener.backlog(),
                    listener.limit(),
                    listener.accepted(),
                    listener.acceptedPerSecond(),
                    ofEvent(listener.opened()),
                    ofEvent(listener.lastAccept()),
                    listener.waiting(),
                    listener.siblings(),
                    listener.fullSince()));
        }
        return redacted;
    }

    private @Nullable AfterClose ofAfterClose(@Nullable AfterClose afterClose) {
        if (afterClose == null) {
            return null;
        }
        List<AfterClose.ClosedSite> sites = new ArrayList<>();
        for (AfterClose.ClosedSite site : afterClose.sites()) {
            sites.add(new AfterClose.ClosedSite(
                    ofEndpoint(site.remote()),
                    site.localPort(),
                    site.count(),
                    site.states(),
                    site.byAddressOnly(),
                    site.sampled(),
                    site.firstClosedAt(),
                    site.closedInLastTenSeconds(),
                    site.open(),
                    site.medianLifetime(),
                    ofPlace(site.opened()),
                    ofPlace(site.closing())));
        }
        return new AfterClose(
                afterClose.rows(), afterClose.unattributed(), afterClose.complete(), sites, afterClose.siteCount());
    }

    private @Nullable EphemeralPorts ofPorts(@Nullable EphemeralPorts ports) {
        if (ports == null) {
            return null;
        }
        List<EphemeralPorts.PortsTo> fullest = new ArrayList<>();
        for (EphemeralPorts.PortsTo to : ports.fullest()) {
            Endpoint remote = new Endpoint(
                    hosts.pseudonym(to.remote().address()), to.remote().port());
            fullest.add(new EphemeralPorts.PortsTo(remote, to.taken(), to.byProgram()));
        }
        return new EphemeralPorts(ports.first(), ports.last(), fullest, ports.complete());
    }

    private ClosedByCleaner of(ClosedByCleaner closedByCleaner) {
        List<ClosedByCleaner.CleanerClosedSite> sites = new ArrayList<>();
        for (ClosedByCleaner.CleanerClosedSite site : closedByCleaner.sites()) {
            sites.add(new ClosedByCleaner.CleanerClosedSite(site.count(), of(site.opened()), site.lastOpenedAt()));
        }
        return new ClosedByCleaner(closedByCleaner.count(), sites);
    }

    private AgentHealth of(AgentHealth agent) {
        List<Source> sources = new ArrayList<>();
        for (Source source : agent.sources()) {
            sources.add(new Source(source.name(), source.used(), ofText(source.detail())));
        }
        return new AgentHealth(
                agent.hooks(),
                sources,
                agent.internalErrors(),
                ofText(agent.lastError()),
                agent.unconfirmed(),
                agent.trace(),
                agent.capture(),
                agent.watch(),
                agent.stackMemory(),
                agent.program());
    }

    private Site.Place of(Site.Place place) {
        List<String> names =
                place.threads().stream().map(this::ofThread).distinct().toList();
        return new Site.Place(place.stack(), place.stackCount(), names, place.threadCount());
    }

    private Site.@Nullable Place ofPlace(Site.@Nullable Place place) {
        return place == null ? null : of(place);
    }

    private @Nullable Endpoint ofEndpoint(@Nullable Endpoint endpoint) {
        return endpoint == null ? null : new Endpoint(hosts.pseudonym(endpoint.address()), endpoint.port());
    }

    private @Nullable Event ofEvent(@Nullable Event event) {
        return event == null ? null : new Event(event.at(), ofThread(event.thread()), event.stack());
    }

    private @Nullable String ofText(@Nullable String text) {
        return text == null ? null : hosts.inText(text);
    }

    private String ofThread(String name) {
        return threads.computeIfAbsent(name, hosts::inThreadName);
    }
}
