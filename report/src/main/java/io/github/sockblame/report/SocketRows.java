// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.time.Instant;
import java.util.AbstractList;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of a report in less memory than objects take: a list that makes a {@link Socket} at each access. It is
 * immutable.
 */
public abstract class SocketRows extends AbstractList<Socket> {

    /** Returns the facts of the socket at this index. */
    public abstract SocketRow row(int index);

    @Override
    public final Socket get(int index) {
        SocketRow row = row(index);
        return Socket.builder()
                .fd(row.fd())
                .inode(row.inode())
                .protocol(row.protocol())
                .state(row.state())
                .local(row.local())
                .remote(row.remote())
                .recvQ(row.recvQ())
                .sendQ(row.sendQ())
                .origin(row.origin())
                .opened(event(row, SocketEvent.OPENED))
                .listenerOpened(event(row, SocketEvent.LISTENER_OPENED))
                .eof(event(row, SocketEvent.EOF))
                .closeNotify(event(row, SocketEvent.CLOSE_NOTIFY))
                .closing(event(row, SocketEvent.CLOSING))
                .current(event(row, SocketEvent.CURRENT))
                .lastUsedAt(time(row.lastUsedMillis()))
                .lastUse(event(row, SocketEvent.LAST_USE))
                .stateSince(time(row.stateSinceMillis()))
                .verdict(row.verdict())
                .confidence(row.confidence())
                .site(row.site())
                .weight(row.weight())
                .build();
    }

    private static @Nullable Event event(SocketRow row, SocketEvent event) {
        return row.has(event)
                ? new Event(Instant.ofEpochMilli(row.millis(event)), row.thread(event), row.stack(event))
                : null;
    }

    private static @Nullable Instant time(long millis) {
        return millis == SocketRow.NO_TIME ? null : Instant.ofEpochMilli(millis);
    }
}
