// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The kernel's counters of connections that listeners did not take. They come from {@code /proc/self/net/netstat} and
 * count the listeners of all processes in the network namespace.
 *
 * @param overflows {@code ListenOverflows} now: connections for which an accept queue had no room
 * @param drops {@code ListenDrops} now: connections that a listener dropped for any reason, including the overflows
 * @param newOverflows growth of {@code overflows} since the agent's first reading
 * @param newDrops growth of {@code drops} since the agent's first reading
 * @param since when the agent's first reading was
 */
public record ListenDrops(long overflows, long drops, long newOverflows, long newDrops, Instant since) {

    public ListenDrops {
        requireNonNull(since, "since");
    }
}
