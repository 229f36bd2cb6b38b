// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import io.github.sockblame.report.Culprit;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import io.github.sockblame.report.text.TextFormat;
import io.github.sockblame.report.text.TextStyle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of {@code list}: the columns of {@code ss -tan} in their order and spelling, then the columns that only Sockblame has. */
public final class ListTable {

    private static final List<String> HEAD = List.of(
            "State",
            "Recv-Q",
            "Send-Q",
            "Local Address:Port",
            "Peer Address:Port",
            "FD",
            "Inode",
            "Age",
            "Verdict",
            "Culprit");

    private static final String UNKNOWN = "-";

    /** Columns between two of the table's. */
    private static final int GAP = 2;

    private static final int VERDICT = HEAD.indexOf("Verdict");
    private static final int CULPRIT = HEAD.indexOf("Culprit");

    private ListTable() {}

    public static String text(Report report, List<Socket> sockets, TextStyle textStyle) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        for (Socket socket : sockets) {
            rows.add(row(report, socket));
        }
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        int beforeCulprit = 0;
        for (int i = 0; i < CULPRIT; i++) {
            beforeCulprit += widths[i] + GAP;
        }
        for (int i = 0; i < rows.size(); i++) {
            List<String> row = rows.get(i);
            Verdict verdict = i == 0 ? Verdict.NONE : sockets.get(i - 1).verdict();
            for (int column = 0; column < CULPRIT; column++) {
                String cell = row.get(column);
                text.append(column == VERDICT ? textStyle.verdict(verdict, cell) : cell)
                        .append(" ".repeat(widths[column] - cell.length() + GAP));
            }
            text.append(textStyle.truncate(row.get(CULPRIT), beforeCulprit)).append('\n');
        }
        return text.toString();
    }

    private static List<String> row(Report report, Socket socket) {
        return List.of(
                state(socket),
                figure(socket.recvQ()),
                figure(socket.sendQ()),
                address(socket.local()),
                address(socket.remote()),
                Integer.toString(socket.fd()),
                socket.inode() < 0 ? UNKNOWN : Long.toString(socket.inode()),
                age(report, socket),
                verdict(socket),
                culprit(report, socket));
    }

    private static String state(Socket socket) {
        TcpState state = socket.state();
        if (state != null) {
            return state.ssName();
        }
        return socket.protocol() == Protocol.TCP ? UNKNOWN : socket.protocol().word();
    }

    private static String figure(@Nullable Long figure) {
        return figure == null ? UNKNOWN : figure.toString();
    }

    private static String address(@Nullable Endpoint endpoint) {
        return endpoint == null ? UNKNOWN : SafeText.of(endpoint.text());
    }

    /** The time since the opening; for an untracked socket, the time in its state. */
    private static String age(Report report, Socket socket) {
        Event opened = socket.opened();
        Instant since = opened != null ? opened.at() : socket.stateSince();
        return since == null ? UNKNOWN : TextFormat.between(since, report.takenAt());
    }

    private static String verdict(Socket socket) {
        return socket.verdict() == Verdict.NONE ? UNKNOWN : socket.verdict().word();
    }

    private static String culprit(Report report, Socket socket) {
        if (!socket.origin().isTracked()) {
            return "untracked";
        }
        Culprit culprit = Culprit.of(report, socket);
        if (culprit == null) {
            return UNKNOWN;
        }
        Frame through = culprit.through();
        return SafeText.of(culprit.frame().text() + (through == null ? "" : " through " + through.shortText()));
    }
}
