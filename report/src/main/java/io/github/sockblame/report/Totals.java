// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sums of a report. They equal the kernel's: {@code tracked + untracked} is the number of socket descriptors in
 * {@code /proc/self/fd}, and so is the sum of {@code byState} and {@code notTcp}, and that of {@code byProtocol}.
 *
 * @param sockets socket descriptors of the process
 * @param tracked those that the agent saw come to be
 * @param untracked the others
 * @param byState TCP sockets by state
 * @param notTcp sockets that are not TCP, or whose state could not be read
 * @param byProtocol sockets by protocol; null in a report that was made before they were told apart
 * @param leaked connections whose verdict is a leak
 * @param unseen what is known of the untracked ones; null in a report that was made before this was counted
 */
public record Totals(
        int sockets,
        int tracked,
        int untracked,
        Map<TcpState, Integer> byState,
        int notTcp,
        @Nullable Map<Protocol, Integer> byProtocol,
        int leaked,
        @Nullable Unseen unseen) {

    public Totals {
        byState = EnumCounts.copyOf(TcpState.class, byState);
        byProtocol = byProtocol == null ? null : EnumCounts.copyOf(Protocol.class, byProtocol);
    }

    /**
     * Sockets that the agent did not see come to be.
     *
     * @param byOrigin how many for which reason
     * @param inCloseWait how many are in CLOSE_WAIT, without those that another descriptor stands for
     */
    public record Unseen(Map<Origin, Integer> byOrigin, int inCloseWait) {

        public Unseen {
            byOrigin = EnumCounts.copyOf(Origin.class, byOrigin);
        }
    }

    /** The number of TCP sockets in this state. */
    public int inState(TcpState state) {
        return byState.getOrDefault(state, 0);
    }
}
