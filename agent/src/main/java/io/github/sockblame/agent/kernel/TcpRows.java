// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.TcpState;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads rows of {@code net/tcp} and {@code net/tcp6}. */
final class TcpRows extends InetRows<TcpRow> {

    /* Headings: tr:tm->when, retrnsmt, uid, timeout. */
    private static final int TIMER = 5;
    private static final int RETRANSMITS = 6;
    private static final int PROBES = 8;

    /*
     * Only counted: they are the namespace's, not this process's, and a busy client has tens of thousands of them in
     * TIME_WAIT. Whoever needs their addresses will know which port he asks for, and can filter here. The index is the
     * state's number.
     */
    private final int[] ownerless = new int[Byte.MAX_VALUE + 1];

    TcpRows(Inodes wanted, ByteOrder order) {
        super(wanted, order);
    }

    /** Number of rows without an inode, by state; states without one are absent. */
    Map<TcpState, Integer> ownerless() {
        Map<TcpState, Integer> byState = new EnumMap<>(TcpState.class);
        for (TcpState state : TcpState.values()) {
            int count = ownerless[state.number()];
            if (count > 0) {
                byState.put(state, count);
            }
        }
        return byState;
    }

    @Override
    void addOwnerless(TcpState state) {
        ownerless[state.number()]++;
    }

    @Override
    @Nullable TcpRow row(long inode, TcpState state, Endpoint local, Endpoint remote, long recvQ, long sendQ, Fields fields) {
        long timer = fields.hexBeforeColon(TIMER);
        long retransmits = fields.hex(RETRANSMITS);
        long probes = fields.decimal(PROBES);
        return timer < 0 || retransmits < 0 || probes < 0
                ? null
                : new TcpRow(
                        inode,
                        state,
                        local,
                        remote,
                        recvQ,
                        sendQ,
                        (int) timer,
                        retransmits,
                        probes,
                        fields.hashOfRest());
    }
}
