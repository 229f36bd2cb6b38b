// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
 * @param reduction what the report leaves out for lack of memory; null if it leaves out nothing, or in a report of an
 *     older agent, which did not compare its cost with what is free
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
        @Nullable History history,
        @Nullable Reduction reduction) {

    /** Name and version of the format. A change that an older viewer would misread raises the number. */
    public static final String SCHEMA = "sockblame/2";

    /** The patience in grace periods. */
    public static final int GRACES_OF_PATIENCE = 12;

    /** Largest JSON of a report that is written or read, in bytes: ten times that of 19,000 sockets. */
    public static final long MAX_JSON_BYTES = 256L * 1024 * 1024;

    public Report {
        requireNonNull(schema, "schema");
        requireNonNull(agentVersion, "agentVersion");
        requireNonNull(takenAt, "takenAt");
        requireNonNull(grace, "grace");
        requireNonNull(program, "program");
        requireNonNull(fileDescriptors, "fileDescriptors");
        requireNonNull(totals, "totals");
        requireNonNull(closedByCleaner, "closedByCleaner");
        requireNonNull(agent, "agent");
        sites = List.copyOf(sites);
        sockets = sockets instanceof SocketRows ? sockets : List.copyOf(sockets);
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
        return toBuilder().sockets(List.of()).stacks(left).build();
    }

    /** Returns whether the sockets are listed; they are not in {@linkplain #withoutSockets a summary}. */
    public boolean hasSockets() {
        return !sockets.isEmpty() || totals.sockets() == 0;
    }

    /**
     * Returns whether the sockets were judged. If not, the report has no site, and cannot count leaks: there was no
     * memory for the judgement.
     */
    public boolean hasVerdicts() {
        return reduction == null || reduction.detail() != ReportDetail.TOTALS;
    }

    /**
     * Returns whether the agent could read the state of each TCP socket. The kernel's tables have no row of a connection
     * that is over, so its state is only in its descriptor. A socket without its state is not judged.
     */
    public boolean hasStates() {
        List<Source> sources = agent.sources();
        if (sources.stream().noneMatch(Source::lacksStates)) {
            return true;
        }
        boolean any = !totals.byState().isEmpty() || sources.stream().anyMatch(Source::hasStates);
        return any && socketsWithoutState() == 0;
    }

    /** The number of sockets that may be TCP sockets and have no state. */
    public int socketsWithoutState() {
        Map<Protocol, Integer> byProtocol = totals.byProtocol();
        int others = 0;
        if (byProtocol != null) {
            for (Map.Entry<Protocol, Integer> entry : byProtocol.entrySet()) {
                others += entry.getKey().mayBeTcp() ? 0 : entry.getValue();
            }
        }
        int withState =
                totals.byState().values().stream().mapToInt(Integer::intValue).sum();
        return Math.max(0, totals.sockets() - withState - others);
    }

    /** Returns whether a report without leaks means that there are none. */
    public boolean canDenyLeaks() {
        return hasVerdicts() && hasStates();
    }

    /** Returns whether pseudonyms replace the addresses. */
    public boolean hidesAddresses() {
        return redacted != null && redacted;
    }

    /** Returns the stack of this event; null if there is no event. */
    @Nullable Stack stack(@Nullable Event event) {
        return event == null ? null : stacks.get(event.stack());
    }

    /** Returns the stack of this place; null if there is no place. */
    @Nullable Stack stack(Site.@Nullable Place place) {
        return place == null ? null : stacks.get(place.stack());
    }

    /** Returns the culprit in the stack of this event; null if there is no event or no culprit. */
    public @Nullable Frame culpritOrEntryFrame(@Nullable Event event) {
        return event == null ? null : stacks.get(event.stack()).culpritOrEntryFrame();
    }

    /** Returns the culprit in the stack of this place; null if there is no place or no culprit. */
    public @Nullable Frame culpritOrEntryFrame(Site.@Nullable Place place) {
        return place == null ? null : stacks.get(place.stack()).culpritOrEntryFrame();
    }

    /** The time for which a state that may pass has to last before it is a leak. */
    public Duration patience() {
        return grace.multipliedBy(GRACES_OF_PATIENCE);
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
        long leaks = 0;
        for (Site site : sites) {
            leaks += site.verdict().isLeak(site.confidence()) ? site.count() : 0;
        }
        return (int) Math.min(leaks, Integer.MAX_VALUE); // a file may have any counts
    }

    /** Returns a builder without any part. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with the parts of this one. */
    public Builder toBuilder() {
        return builder()
                .schema(schema)
                .agentVersion(agentVersion)
                .takenAt(takenAt)
                .grace(grace)
                .program(program)
                .fileDescriptors(fileDescriptors)
                .totals(totals)
                .sites(sites)
                .sockets(sockets)
                .closedByCleaner(closedByCleaner)
                .stacks(stacks)
                .agent(agent)
                .listeners(listeners)
                .listenDrops(listenDrops)
                .afterClose(afterClose)
                .ephemeralPorts(ephemeralPorts)
                .redacted(redacted)
                .excludedSockets(excludedSockets)
                .history(history)
                .reduction(reduction);
    }

    /**
     * Builds a report part by part. Each method has the name of its component. A number without a value is 0, a list or map
     * is empty, and a component that may be null is null.
     */
    public static final class Builder {

        private @Nullable String schema;
        private @Nullable String agentVersion;
        private @Nullable Instant takenAt;
        private @Nullable Duration grace;
        private @Nullable Program program;
        private @Nullable FileDescriptors fileDescriptors;
        private @Nullable Totals totals;
        private List<Site> sites = List.of();
        private List<Socket> sockets = List.of();
        private @Nullable ClosedByCleaner closedByCleaner;
        private List<Stack> stacks = List.of();
        private @Nullable AgentHealth agent;
        private @Nullable List<Listener> listeners;
        private @Nullable ListenDrops listenDrops;
        private @Nullable AfterClose afterClose;
        private @Nullable EphemeralPorts ephemeralPorts;
        private @Nullable Boolean redacted;
        private @Nullable Integer excludedSockets;
        private @Nullable History history;
        private @Nullable Reduction reduction;

        private Builder() {}

        public Builder schema(String schema) {
            this.schema = schema;
            return this;
        }

        public Builder agentVersion(String agentVersion) {
            this.agentVersion = agentVersion;
            return this;
        }

        public Builder takenAt(Instant takenAt) {
            this.takenAt = takenAt;
            return this;
        }

        public Builder grace(Duration grace) {
            this.grace = grace;
            return this;
        }

        public Builder program(Program program) {
            this.program = program;
            return this;
        }

        public Builder fileDescriptors(FileDescriptors fileDescriptors) {
            this.fileDescriptors = fileDescriptors;
            return this;
        }

        public Builder totals(Totals totals) {
            this.totals = totals;
            return this;
        }

        public Builder sites(List<Site> sites) {
            this.sites = sites;
            return this;
        }

        public Builder sockets(List<Socket> sockets) {
            this.sockets = sockets;
            return this;
        }

        public Builder closedByCleaner(ClosedByCleaner closedByCleaner) {
            this.closedByCleaner = closedByCleaner;
            return this;
        }

        public Builder stacks(List<Stack> stacks) {
            this.stacks = stacks;
            return this;
        }

        public Builder agent(AgentHealth agent) {
            this.agent = agent;
            return this;
        }

        public Builder listeners(@Nullable List<Listener> listeners) {
            this.listeners = listeners;
            return this;
        }

        public Builder listenDrops(@Nullable ListenDrops listenDrops) {
            this.listenDrops = listenDrops;
            return this;
        }

        public Builder afterClose(@Nullable AfterClose afterClose) {
            this.afterClose = afterClose;
            return this;
        }

        public Builder ephemeralPorts(@Nullable EphemeralPorts ephemeralPorts) {
            this.ephemeralPorts = ephemeralPorts;
            return this;
        }

        public Builder redacted(@Nullable Boolean redacted) {
            this.redacted = redacted;
            return this;
        }

        public Builder excludedSockets(@Nullable Integer excludedSockets) {
            this.excludedSockets = excludedSockets;
            return this;
        }

        public Builder history(@Nullable History history) {
            this.history = history;
            return this;
        }

        public Builder reduction(@Nullable Reduction reduction) {
            this.reduction = reduction;
            return this;
        }

        /**
         * Builds the report.
         *
         * @throws NullPointerException if a part is missing that must not be null
         */
        public Report build() {
            return new Report(
                    requireNonNull(schema, "schema"),
                    requireNonNull(agentVersion, "agentVersion"),
                    requireNonNull(takenAt, "takenAt"),
                    requireNonNull(grace, "grace"),
                    requireNonNull(program, "program"),
                    requireNonNull(fileDescriptors, "fileDescriptors"),
                    requireNonNull(totals, "totals"),
                    sites,
                    sockets,
                    requireNonNull(closedByCleaner, "closedByCleaner"),
                    stacks,
                    requireNonNull(agent, "agent"),
                    listeners,
                    listenDrops,
                    afterClose,
                    ephemeralPorts,
                    redacted,
                    excludedSockets,
                    history,
                    reduction);
        }
    }
}
