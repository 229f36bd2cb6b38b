// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What the kernel counts of connections that listeners did not take. The counters are those of the network namespace, of whichever
 * process's listeners, from {@code /proc/self/net/netstat}.
 *
 * @param overflows {@code ListenOverflows} now: connections that an accept queue had no room for
 * @param drops {@code ListenDrops} now: connections dropped by a listener for any reason, those among them
 * @param newOverflows by how many {@code overflows} rose since the agent's first reading
 * @param newDrops by how many {@code drops} rose since the agent's first reading
 * @param since when the agent's first reading was
 */
public record ListenDrops(long overflows, long drops, long newOverflows, long newDrops, Instant since) {

    public ListenDrops {
        requireNonNull(since, "since");
    }
}
