// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One reading of ledger and kernel together.
 *
 * @param schema {@link #SCHEMA}
 * @param agentVersion version of the agent that made it
 * @param takenAt when it was made
 * @param grace how long a connection may stay in CLOSE_WAIT before it gets a verdict
 * @param program the watched JVM
 * @param fileDescriptors use of the descriptor table
 * @param totals the sums
 * @param sites the groups that deserve attention, leaks first, largest first
 * @param sockets every socket of the process, by descriptor; none in {@linkplain #withoutSockets a summary}
 * @param closedByCleaner sockets that were collected without a close and are closed by now
 * @param stacks the stacks that the other parts name by index
 * @param agent the agent's report on itself
 * @param listeners every listening TCP socket, by descriptor; null in a report of an older agent, which did not list
 *     them
 * @param listenDrops the network namespace's counts of connections that no listener took; null if unknown
 * @param afterClose what the kernel still has of closed connections; null in a report of an older agent, which did not
 *     read it
 * @param ephemeralPorts the local ports that connections to each remote endpoint take; null if the range is unknown, or
 *     in a report of an older agent
 * @param redacted whether pseudonyms replace the addresses; null in a report of an older agent, which could not redact
 * @param excludedSockets how many sockets have a verdict and are in no site, because the agent's options include and exclude
 *     leave them out; they are in the totals. Null in a report of an older agent, which did not have these options
 * @param history the last hour; null if it is unknown, or in a report of an older agent, which did not keep it
 */
public record Report(
        String schema,
        String agentVersion,
        Instant takenAt,
        Duration grace,
        Program program,
        FileDescriptors fileDescriptors,
        Totals totals,
        List<Site> sites,
        List<Socket> sockets,
        ClosedByCleaner closedByCleaner,
        List<Stack> stacks,
        AgentHealth agent,
        @Nullable List<Listener> listeners,
        @Nullable ListenDrops listenDrops,
        @Nullable AfterClose afterClose,
        @Nullable EphemeralPorts ephemeralPorts,
        @Nullable Boolean redacted,
        @Nullable Integer excludedSockets,
        @Nullable History history) {

    /** Name and version of the format. A change that an older viewer would misread raises the number. */
    public static final String SCHEMA = "sockblame/1";

    public Report {
        requireNonNull(schema, "schema");
        requireNonNull(agentVersion, "agentVersion");
        requireNonNull(takenAt, "takenAt");
        requireNonNull(grace, "grace");
        requireNonNull(program, "program");
        requireNonNull(fileDescriptors, "fileDescriptors");
        requireNonNull(totals, "totals");
        requireNonNull(closedByCleaner, "rescued");
        requireNonNull(agent, "agent");
        sites = List.copyOf(sites);
        sockets = List.copyOf(sockets);
        stacks = List.copyOf(stacks);
        listeners = listeners == null ? null : List.copyOf(listeners);
    }

    /**
     * Returns the same report without the list of sockets. It has all that a person reads first, in a fraction of the
     * size. A stack that only the sockets name has no frames in it; the other stacks keep their index.
     */
    public Report withoutSockets() {
        Set<Integer> named = new HashSet<>(StackIndexes.besideSockets(this));
        List<Stack> left = new ArrayList<>();
        for (int i = 0; i < stacks.size(); i++) {
            left.add(named.contains(i) ? stacks.get(i) : Stack.EMPTY);
        }
        return new Report(
                schema,
                agentVersion,
                takenAt,
                grace,
                program,
                fileDescriptors,
                totals,
                sites,
                List.of(),
                closedByCleaner,
                left,
                agent,
                listeners,
                listenDrops,
                afterClose,
                ephemeralPorts,
                redacted,
                excludedSockets,
                history);
    }

    /** Returns whether the sockets are listed; they are not in {@linkplain #withoutSockets a summary}. */
    public boolean hasSockets() {
        return !sockets.isEmpty() || totals.sockets() == 0;
    }

    /** Returns whether pseudonyms replace the addresses. */
    public boolean hidesAddresses() {
        return redacted != null && redacted;
    }

    /** Returns the culprit in the stack of this event; null if there is no event or no culprit. */
    public @Nullable Frame blamed(@Nullable Event event) {
        return event == null ? null : stacks.get(event.stack()).blamedFrame();
    }

    /** Returns the culprit in the stack of this place; null if there is no place or no culprit. */
    public @Nullable Frame blamed(Site.@Nullable Place place) {
        return place == null ? null : stacks.get(place.stack()).blamedFrame();
    }

    /** Returns whether any site is a leak; a command's exit status depends on it. */
    public boolean hasLeaks() {
        return leaksInSites() > 0;
    }

    /**
     * Returns the number of connections whose verdict is a leak, without those that the options include and exclude
     * leave out.
     */
    public int leaksInSites() {
        if (excludedSockets == null || excludedSockets == 0) {
            return totals.leaked();
        }
        int leaks = 0;
        for (Site site : sites) {
            leaks += site.verdict().isLeak() ? site.count() : 0;
        }
        return leaks;
    }
}
