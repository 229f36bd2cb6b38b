// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.write;

import io.github.sockblame.report.ListenDrops;
import io.github.sockblame.report.Listener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the listeners, and the counts of connections that no listener took. */
final class ListenerWriter {

    private final JsonFields to;

    ListenerWriter(JsonFields to) {
        this.to = to;
    }

    void write(String name, @Nullable List<Listener> listeners) {
        if (listeners == null) {
            to.none(name);
            return;
        }
        to.startArray(name);
        for (Listener listener : listeners) {
            write(listener);
        }
        to.endArray();
    }

    private void write(Listener listener) {
        to.start();
        to.number("fd", listener.fd());
        to.endpoint("local", listener.local());
        to.number("queue", listener.queue());
        to.number("backlog", listener.backlog());
        to.number("limit", listener.limit());
        to.number("accepted", listener.accepted());
        to.real("acceptedPerSecond", listener.acceptedPerSecond());
        to.event("opened", listener.opened());
        to.event("lastAccept", listener.lastAccept());
        to.counts("waiting", listener.waiting());
        to.number("siblings", listener.siblings());
        to.time("fullSince", listener.fullSince());
        to.end();
    }

    void write(String name, @Nullable ListenDrops drops) {
        if (drops == null) {
            to.none(name);
            return;
        }
        to.start(name);
        to.number("overflows", drops.overflows());
        to.number("drops", drops.drops());
        to.number("newOverflows", drops.newOverflows());
        to.number("newDrops", drops.newDrops());
        to.time("since", drops.since());
        to.end();
    }
}
