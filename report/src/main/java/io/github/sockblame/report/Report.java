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
 * @param grace how long a connection may stay in CLOSE_WAIT before it is judged
 * @param program the watched JVM
 * @param fileDescriptors how full the descriptor table is
 * @param totals the sums
 * @param sites the groups that deserve attention, leaks first, largest first
 * @param sockets every socket of the process, by descriptor; none in {@linkplain #withoutSockets a summary}
 * @param rescued what was collected without close and is closed by now
 * @param stacks the stacks that the other parts name by index
 * @param agent what the agent says of itself
 * @param listeners every listening TCP socket, by descriptor; null in a report that was made before they were told apart
 * @param listenDrops what the network namespace counts of connections that no listener took; null if unknown
 * @param afterClose what the kernel still knows of connections that are closed; null in a report that was made before this was looked at
 * @param ephemeralPorts the local ports that connections to each remote endpoint take; null if the range is unknown, or in an older report
 * @param redacted whether names without meaning stand in for addresses; null in a report that was made before that was possible
 * @param leftOut how many sockets have a verdict and are in no site, because the agent's options include and exclude leave them out; they are in
 *     the totals. Null in a report that was made before that was possible
 * @param history what the last hour looked like; null if it is not known, or in a report that was made before this was kept
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
        ClosedByCleaner rescued,
        List<Stack> stacks,
        AgentHealth agent,
        @Nullable List<Listener> listeners,
        @Nullable ListenDrops listenDrops,
        @Nullable AfterClose afterClose,
        @Nullable EphemeralPorts ephemeralPorts,
        @Nullable Boolean redacted,
        @Nullable Integer leftOut,
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
        requireNonNull(rescued, "rescued");
        requireNonNull(agent, "agent");
        sites = List.copyOf(sites);
        sockets = List.copyOf(sockets);
        stacks = List.copyOf(stacks);
        listeners = listeners == null ? null : List.copyOf(listeners);
    }

    /**
     * The same without the list of sockets, of which totals and sites tell: all that a person reads first, in a fraction of the size. A stack that only
     * the sockets name has lost its frames; the others keep their index.
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
                rescued,
                left,
                agent,
                listeners,
                listenDrops,
                afterClose,
                ephemeralPorts,
                redacted,
                leftOut,
                history);
    }

    /** Whether the sockets are listed; they are not in {@linkplain #withoutSockets a summary}. */
    public boolean hasSockets() {
        return !sockets.isEmpty() || totals.sockets() == 0;
    }

    /** Whether names without meaning stand in for addresses. */
    public boolean hidesAddresses() {
        return redacted != null && redacted;
    }

    /** What is to blame in the stack of this event; null if there is no event, or nothing to blame. */
    public @Nullable Frame blamed(@Nullable Event event) {
        return event == null ? null : stacks.get(event.stack()).blamedFrame();
    }

    /** What is to blame in the stack that stands for this place; null if there is no place, or nothing to blame. */
    public @Nullable Frame blamed(Site.@Nullable Place place) {
        return place == null ? null : stacks.get(place.stack()).blamedFrame();
    }

    /** Whether any site is a leak: what a command's exit status says. */
    public boolean hasLeaks() {
        return leaksInSites() > 0;
    }

    /** Connections whose verdict is a leak, without those that the user does not want to hear of. */
    public int leaksInSites() {
        if (leftOut == null || leftOut == 0) {
            return totals.leaked();
        }
        int leaks = 0;
        for (Site site : sites) {
            leaks += site.verdict().isLeak() ? site.count() : 0;
        }
        return leaks;
    }
}
