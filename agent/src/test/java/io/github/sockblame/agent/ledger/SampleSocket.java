// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.agent.capture.CapturedEvent;
import org.jspecify.annotations.Nullable;

/** Records of sockets that no JVM opened. */
public final class SampleSocket {

    private static final int ANY_IDENTITY = 1;

    private SampleSocket() {}

    /** A record with these events. */
    public static TrackedSocket of(
            int fd,
            @Nullable CapturedEvent opened,
            @Nullable CapturedEvent listenerOpened,
            @Nullable CapturedEvent eof,
            @Nullable CapturedEvent closing) {
        TrackedSocket socket = new TrackedSocket(fd, ANY_IDENTITY, opened, listenerOpened != null, listenerOpened);
        if (eof != null) {
            socket.recordEof(eof);
        }
        if (closing != null) {
            socket.recordCloseRequest(closing);
        }
        return socket;
    }

    /** The same record, used at this time. */
    public static TrackedSocket usedAt(long millis, TrackedSocket socket) {
        socket.recordUse(millis);
        return socket;
    }

    /** The same record, used by this read or write. */
    public static TrackedSocket usedBy(CapturedEvent use, TrackedSocket socket) {
        socket.recordUse(use);
        return socket;
    }

    /** The same record, closed with these addresses. */
    public static TrackedSocket closedWith(ConnectionEndpoints endpoints, TrackedSocket socket) {
        socket.setEndpoints(endpoints);
        return socket;
    }
}
