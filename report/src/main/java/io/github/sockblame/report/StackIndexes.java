// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stacks that parts of a report name, as indexes into {@link Report#stacks()}. */
public final class StackIndexes {

    private final List<Integer> found = new ArrayList<>();

    private StackIndexes() {}

    /** Returns the stacks of a socket, each as often as the socket names it. */
    public static List<Integer> of(Socket socket) {
        StackIndexes indexes = new StackIndexes();
        indexes.add(socket.opened());
        indexes.add(socket.listenerOpened());
        indexes.add(socket.eof());
        indexes.add(socket.closeNotify());
        indexes.add(socket.closing());
        indexes.add(socket.current());
        indexes.add(socket.lastUse());
        return indexes.found;
    }

    /** Returns the stacks of a site, each as often as the site names it. */
    public static List<Integer> of(Site site) {
        StackIndexes indexes = new StackIndexes();
        indexes.add(site);
        return indexes.found;
    }

    /** Returns the stacks of a listener, each as often as the listener names it. */
    public static List<Integer> of(Listener listener) {
        StackIndexes indexes = new StackIndexes();
        indexes.add(listener);
        return indexes.found;
    }

    /** Returns the stacks of all parts of the report except the sockets. */
    public static List<Integer> besideSockets(Report report) {
        StackIndexes indexes = new StackIndexes();
        for (Site site : report.sites()) {
            indexes.add(site);
        }
        for (ClosedByCleaner.CleanerClosedSite site : report.closedByCleaner().sites()) {
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
        add(listener.lastAccept());
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
