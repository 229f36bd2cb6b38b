// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.util.Map;

/**
 * The sums of a report. They equal the kernel's: {@code tracked + untracked} is the number of socket descriptors in
 * {@code /proc/self/fd}, and so is the sum of {@code byState} and {@code notTcp}.
 *
 * @param sockets socket descriptors of the process
 * @param tracked those that the agent saw come to be
 * @param untracked the others
 * @param byState TCP sockets by state
 * @param notTcp sockets that are not TCP, or whose state could not be read
 * @param leaked connections whose verdict is a leak
 */
public record Totals(int sockets, int tracked, int untracked, Map<TcpState, Integer> byState, int notTcp, int leaked) {

    public Totals {
        byState = Site.copyOf(byState);
    }

    /** The number of TCP sockets in this state. */
    public int inState(TcpState state) {
        return byState.getOrDefault(state, 0);
    }
}
