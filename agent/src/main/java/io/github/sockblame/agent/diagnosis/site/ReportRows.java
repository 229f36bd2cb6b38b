// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import io.github.sockblame.agent.diagnosis.verdict.Judgement;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.report.SocketRow;
import io.github.sockblame.report.SocketRows;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Judged sockets in the form of a report. */
public final class ReportRows extends SocketRows {

    private final ReportRow[] rows;

    /**
     * Brings these sockets into the form of a report, without the numbers of their sites.
     *
     * @param judgements one for each socket, in the same order
     * @param stacks gets their stacks
     */
    public ReportRows(List<JoinedSocket> joined, List<Judgement> judgements, StackTable stacks) {
        rows = new ReportRow[joined.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new ReportRow(joined.get(i), judgements.get(i), stacks);
        }
    }

    /** The same sockets, without an object that is made for each. */
    public List<SocketRow> rows() {
        return Collections.unmodifiableList(Arrays.asList(rows));
    }

    @Override
    public ReportRow row(int index) {
        return rows[index];
    }

    @Override
    public int size() {
        return rows.length;
    }
}
