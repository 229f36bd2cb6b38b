// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stacks that parts of a report name, as indexes into {@link Report#stacks()}. */
public final class StackIndexes {

    private final List<Integer> found = new ArrayList<>();

    private StackIndexes() {}

    /** Those that a socket names, each as often as it does. */
    public static List<Integer> of(Socket socket) {
        StackIndexes indexes = new StackIndexes();
        indexes.add(socket.opened());
        indexes.add(socket.listenerOpened());
        indexes.add(socket.eof());
        indexes.add(socket.endOfTls());
        indexes.add(socket.closing());
        indexes.add(socket.current());
        indexes.add(socket.lastUse());
        return indexes.found;
    }

    /** Those that a site names, each as often as it does. */
    public static List<Integer> of(Site site) {
        StackIndexes indexes = new StackIndexes();
        indexes.add(site);
        return indexes.found;
    }

    /** Those that a listener names, each as often as it does. */
    public static List<Integer> of(Listener listener) {
        StackIndexes indexes = new StackIndexes();
        indexes.add(listener);
        return indexes.found;
    }

    /** Those that all the rest names. */
    static List<Integer> besideSockets(Report report) {
        StackIndexes indexes = new StackIndexes();
        for (Site site : report.sites()) {
            indexes.add(site);
        }
        for (ClosedByCleaner.RescuedSite site : report.rescued().sites()) {
            indexes.add(site.opened());
        }
        List<Listener> listeners = report.listeners();
        for (Listener listener : listeners == null ? List.<Listener>of() : listeners) {
            indexes.add(listener);
        }
        AfterClose afterClose = report.afterClose();
        for (AfterClose.ClosedSite site : afterClose == null ? List.<AfterClose.ClosedSite>of() : afterClose.sites()) {
            indexes.add(site.opened());
            indexes.add(site.closing());
        }
        return indexes.found;
    }

    private void add(Site site) {
        add(site.eof());
        add(site.opened());
        add(site.closing());
        add(site.listener());
        add(site.current());
        add(site.lastUse());
    }

    private void add(Listener listener) {
        add(listener.opened());
        add(listener.latestAccept());
    }

    private void add(Site.@Nullable Place place) {
        if (place != null) {
            found.add(place.stack());
        }
    }

    private void add(@Nullable Event event) {
        if (event != null) {
            found.add(event.stack());
        }
    }
}
