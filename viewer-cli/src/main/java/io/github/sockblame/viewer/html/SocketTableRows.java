// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.html;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sockets of a report as rows of numbers, because there may be tens of thousands of them; -1 is an unknown value. */
final class SocketTableRows {

    /** The names of the numbers, in their order; times are seconds before the report. */
    static final List<String> COLUMNS = List.of(
            "fd",
            "protocol",
            "state",
            "local",
            "localPort",
            "remote",
            "remotePort",
            "recvQ",
            "sendQ",
            "origin",
            "opened",
            "openedAge",
            "eof",
            "since",
            "verdict",
            "site",
            "weight");

    private static final long UNKNOWN = -1;

    private final Instant takenAt;
    private final IndexTable<TcpState> states = new IndexTable<>();
    private final IndexTable<Protocol> protocols = new IndexTable<>();
    private final IndexTable<Origin> origins = new IndexTable<>();
    private final IndexTable<Verdict> verdicts = new IndexTable<>();
    private final IndexTable<String> addresses = new IndexTable<>();
    private final List<long[]> rows = new ArrayList<>();

    private SocketTableRows(Instant takenAt) {
        this.takenAt = takenAt;
    }

    static SocketTableRows of(Report report) {
        SocketTableRows made = new SocketTableRows(report.takenAt());
        for (Socket socket : report.sockets()) {
            made.rows.add(made.row(socket));
        }
        return made;
    }

    List<long[]> rows() {
        return rows;
    }

    IndexTable<TcpState> states() {
        return states;
    }

    IndexTable<Protocol> protocols() {
        return protocols;
    }

    IndexTable<Origin> origins() {
        return origins;
    }

    IndexTable<Verdict> verdicts() {
        return verdicts;
    }

    IndexTable<String> addresses() {
        return addresses;
    }

    private long[] row(Socket socket) {
        TcpState state = socket.state();
        Event opened = socket.opened();
        return new long[] {
            socket.fd(),
            protocols.number(socket.protocol()),
            state == null ? UNKNOWN : states.number(state),
            address(socket.local()),
            port(socket.local()),
            address(socket.remote()),
            port(socket.remote()),
            figure(socket.recvQ()),
            figure(socket.sendQ()),
            origins.number(socket.origin()),
            stack(opened),
            age(opened == null ? null : opened.at()),
            stack(socket.eofOrCloseNotify()),
            age(socket.stateSince()),
            verdicts.number(socket.verdict()),
            figure(socket.site()),
            figure(socket.weight())
        };
    }

    private long address(@Nullable Endpoint endpoint) {
        return endpoint == null ? UNKNOWN : addresses.number(endpoint.address());
    }

    private static long port(@Nullable Endpoint endpoint) {
        return endpoint == null ? UNKNOWN : endpoint.port();
    }

    private static long stack(@Nullable Event event) {
        return event == null ? UNKNOWN : event.stack();
    }

    private static long figure(@Nullable Number figure) {
        return figure == null ? UNKNOWN : figure.longValue();
    }

    private long age(@Nullable Instant since) {
        return since == null
                ? UNKNOWN
                : Math.max(0, Duration.between(since, takenAt).toSeconds());
    }
}
