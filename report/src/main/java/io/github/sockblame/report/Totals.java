// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sums of a report. They equal the kernel's: {@code tracked + untracked} is the number of socket descriptors in
 * {@code /proc/self/fd}, and so is the sum of {@code byState} and {@code notTcp}, and that of {@code byProtocol}.
 *
 * @param sockets socket descriptors of the process
 * @param tracked the sockets with a record of the agent
 * @param untracked the others
 * @param byState TCP sockets by state
 * @param notTcp sockets of other protocols, and those whose state the agent could not read
 * @param byProtocol sockets by protocol; null in a report of an older agent, which did not count them apart
 * @param leaked connections whose verdict is a leak
 * @param untrackedDetail figures of the untracked sockets; null in a report of an older agent, which did not count this
 */
public record Totals(
        int sockets,
        int tracked,
        int untracked,
        Map<TcpState, Integer> byState,
        int notTcp,
        @Nullable Map<Protocol, Integer> byProtocol,
        int leaked,
        @Nullable UntrackedDetail untrackedDetail) {

    public Totals {
        byState = EnumCounts.copyOf(TcpState.class, byState);
        byProtocol = byProtocol == null ? null : EnumCounts.copyOf(Protocol.class, byProtocol);
    }

    /**
     * The sockets that the agent did not see open.
     *
     * @param byOrigin number by reason
     * @param inCloseWait number in CLOSE_WAIT, without duplicates of another descriptor
     */
    public record UntrackedDetail(Map<Origin, Integer> byOrigin, int inCloseWait) {

        public UntrackedDetail {
            byOrigin = EnumCounts.copyOf(Origin.class, byOrigin);
        }
    }

    /** Returns the number of TCP sockets in this state. */
    public int inState(TcpState state) {
        return byState.getOrDefault(state, 0);
    }
}
