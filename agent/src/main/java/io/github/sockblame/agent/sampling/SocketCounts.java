// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.kernel.DescriptorCounts;
import io.github.sockblame.report.Totals;

/**
 * The counts of the sockets, without any judgement.
 *
 * @param totals the sums; no leak is counted, because no socket is judged
 * @param descriptors the descriptors that were counted
 * @param unconfirmed the ledger entries that the kernel has not confirmed until now
 * @param closedByCleaner the sockets that the JDK's Cleaner closed
 */
public record SocketCounts(Totals totals, DescriptorCounts descriptors, long unconfirmed, long closedByCleaner) {}
