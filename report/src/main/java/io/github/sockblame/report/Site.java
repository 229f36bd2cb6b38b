// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All connections with the same verdict and the same culprit frames.
 *
 * @param number 1 for the worst; the number that a user types
 * @param verdict the verdict of all its connections
 * @param confidence certainty of that verdict
 * @param count number of connections
 * @param oldestSince since when the oldest of them has been in its state, as far as the agent saw
 * @param states number of connections by TCP state
 * @param recvQ smallest and largest Recv-Q; null if unknown
 * @param sendQ smallest and largest Send-Q; null if unknown
 * @param remotes the most frequent remote addresses, most frequent first. Accepted connections have no port here;
 *     listeners and UDP sockets without a peer have their local addresses
 * @param remoteCount number of different remote addresses
 * @param eof where the program read EOF; null if the agent did not see that
 * @param opened where the connections were opened; null if the agent did not see it
 * @param closing where the program requested the close; null if it did not
 * @param listener for accepted connections, where their listener was opened; null if the agent did not see it
 * @param current where threads are now: those inside operations on its connections or, for a listener, the thread of its
 *     latest accept; null if there is none, or none of interest
 * @param lastUse the last read or write of its connections, if their last use was tracked; null if there is none
 * @param medianSince median time since when its connections have been in their state; null if it is unknown for all of them
 * @param inLastMinute how many have been in their state for at most a minute; null in a report of an older agent, which
 *     did not count this
 * @param flow the fate of all connections from the same opening place; null if that place is unknown
 * @param evidence the facts behind the verdict, one sentence a line
 * @param estimatedCount about how many were opened there, including those without an opening stack because of the option
 *     {@code capture.budget}, which are counted elsewhere; null if {@code count} is exact
 * @param protocol the protocol of all its sockets; null if they differ, or in a report of an older agent, which did not
 *     have it
 */
public record Site(
        int number,
        Verdict verdict,
        Confidence confidence,
        int count,
        Instant oldestSince,
        Map<TcpState, Integer> states,
        @Nullable Range recvQ,
        @Nullable Range sendQ,
        List<RemoteCount> remotes,
        int remoteCount,
        @Nullable Place eof,
        @Nullable Place opened,
        @Nullable Place closing,
        @Nullable Place listener,
        @Nullable Place current,
        @Nullable Place lastUse,
        @Nullable Instant medianSince,
        @Nullable Integer inLastMinute,
        @Nullable Flow flow,
        List<String> evidence,
        @Nullable Integer estimatedCount,
        @Nullable Protocol protocol) {

    public Site {
        requireNonNull(verdict, "verdict");
        requireNonNull(confidence, "confidence");
        requireNonNull(oldestSince, "oldestSince");
        states = EnumCounts.copyOf(TcpState.class, states);
        remotes = List.copyOf(remotes);
        evidence = List.copyOf(evidence);
    }

    /** Returns the place of the code in this role; null if there is none. */
    public @Nullable Place place(StackRole role) {
        return switch (role) {
            case CURRENT -> current;
            case EOF -> eof;
            case LAST_USE -> lastUse;
            case OPENED -> opened;
            case CLOSING -> closing;
            case LISTENER -> listener;
        };
    }

    /**
     * How many more connections of its opening place are open than a minute ago: openings minus closes. It does not wait
     * for a verdict, as {@code inLastMinute} does, which is the growth if the place is unknown. Null if both are unknown.
     */
    public @Nullable Long growth() {
        if (flow != null) {
            return flow.openedInLastMinute() - flow.closedInLastMinute();
        }
        return inLastMinute == null ? null : Long.valueOf(inLastMinute);
    }

    /** The period of {@code inLastMinute}. */
    public static final Duration LAST_MINUTE = Duration.ofMinutes(1);

    /**
     * The fate of all the connections that were opened at one place, as far as the agent saw.
     *
     * @param opened how many were opened there
     * @param open how many of them are open
     * @param closed how many the program has closed
     * @param openedInLastMinute how many were opened in the last minute
     * @param closedInLastMinute how many were closed in the last minute
     * @param sampled whether the figures of closed ones are estimates, because more were closed than the agent could
     *     check
     * @param closedAt the culprit frame of the most frequent closing stack; null if there is none
     * @param closedAtCount how many were closed there
     * @param closedAfterSuspicion how many were closed only after they had become suspects: they are no leaks
     * @param longestDelay the longest time from such a suspicion to the close; null if there is none
     */
    public record Flow(
            long opened,
            long open,
            long closed,
            long openedInLastMinute,
            long closedInLastMinute,
            boolean sampled,
            @Nullable Frame closedAt,
            long closedAtCount,
            long closedAfterSuspicion,
            @Nullable Duration longestDelay) {}

    /** Smallest and largest of some figures, both inclusive. */
    public record Range(long min, long max) {}

    /**
     * A remote address and how many connections of the site go to it.
     *
     * @param local whether it is the local address of sockets that have no remote one; null in a report of an older
     *     agent, which did not have it
     */
    public record RemoteCount(
            Endpoint remote, int count, @Nullable Boolean local) {

        public RemoteCount {
            requireNonNull(remote, "remote");
        }
    }

    /**
     * The code in question: one stack that represents all stacks with the same culprit frame.
     *
     * @param stack index into {@link Report#stacks()} of the most frequent stack
     * @param stackCount number of different stacks that share its culprit frame
     * @param threads names of the threads seen there, numbers folded to {@code *}, most frequent first
     * @param threadCount number of different threads
     */
    public record Place(int stack, int stackCount, List<String> threads, int threadCount) {

        public Place {
            threads = List.copyOf(threads);
        }
    }

    /** Returns a builder without any part. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with the parts of this one. */
    public Builder toBuilder() {
        return builder()
                .number(number)
                .verdict(verdict)
                .confidence(confidence)
                .count(count)
                .oldestSince(oldestSince)
                .states(states)
                .recvQ(recvQ)
                .sendQ(sendQ)
                .remotes(remotes)
                .remoteCount(remoteCount)
                .eof(eof)
                .opened(opened)
                .closing(closing)
                .listener(listener)
                .current(current)
                .lastUse(lastUse)
                .medianSince(medianSince)
                .inLastMinute(inLastMinute)
                .flow(flow)
                .evidence(evidence)
                .estimatedCount(estimatedCount)
                .protocol(protocol);
    }

    /**
     * Builds a site part by part. Each method has the name of its component. A number without a value is 0, a list or map
     * is empty, and a component that may be null is null.
     */
    public static final class Builder {

        private int number;
        private @Nullable Verdict verdict;
        private @Nullable Confidence confidence;
        private int count;
        private @Nullable Instant oldestSince;
        private Map<TcpState, Integer> states = Map.of();
        private @Nullable Range recvQ;
        private @Nullable Range sendQ;
        private List<RemoteCount> remotes = List.of();
        private int remoteCount;
        private @Nullable Place eof;
        private @Nullable Place opened;
        private @Nullable Place closing;
        private @Nullable Place listener;
        private @Nullable Place current;
        private @Nullable Place lastUse;
        private @Nullable Instant medianSince;
        private @Nullable Integer inLastMinute;
        private @Nullable Flow flow;
        private List<String> evidence = List.of();
        private @Nullable Integer estimatedCount;
        private @Nullable Protocol protocol;

        private Builder() {}

        public Builder number(int number) {
            this.number = number;
            return this;
        }

        public Builder verdict(Verdict verdict) {
            this.verdict = verdict;
            return this;
        }

        public Builder confidence(Confidence confidence) {
            this.confidence = confidence;
            return this;
        }

        public Builder count(int count) {
            this.count = count;
            return this;
        }

        public Builder oldestSince(Instant oldestSince) {
            this.oldestSince = oldestSince;
            return this;
        }

        public Builder states(Map<TcpState, Integer> states) {
            this.states = states;
            return this;
        }

        public Builder recvQ(@Nullable Range recvQ) {
            this.recvQ = recvQ;
            return this;
        }

        public Builder sendQ(@Nullable Range sendQ) {
            this.sendQ = sendQ;
            return this;
        }

        public Builder remotes(List<RemoteCount> remotes) {
            this.remotes = remotes;
            return this;
        }

        public Builder remoteCount(int remoteCount) {
            this.remoteCount = remoteCount;
            return this;
        }

        public Builder eof(@Nullable Place eof) {
            this.eof = eof;
            return this;
        }

        public Builder opened(@Nullable Place opened) {
            this.opened = opened;
            return this;
        }

        public Builder closing(@Nullable Place closing) {
            this.closing = closing;
            return this;
        }

        public Builder listener(@Nullable Place listener) {
            this.listener = listener;
            return this;
        }

        public Builder current(@Nullable Place current) {
            this.current = current;
            return this;
        }

        public Builder lastUse(@Nullable Place lastUse) {
            this.lastUse = lastUse;
            return this;
        }

        public Builder medianSince(@Nullable Instant medianSince) {
            this.medianSince = medianSince;
            return this;
        }

        public Builder inLastMinute(@Nullable Integer inLastMinute) {
            this.inLastMinute = inLastMinute;
            return this;
        }

        public Builder flow(@Nullable Flow flow) {
            this.flow = flow;
            return this;
        }

        public Builder evidence(List<String> evidence) {
            this.evidence = evidence;
            return this;
        }

        public Builder estimatedCount(@Nullable Integer estimatedCount) {
            this.estimatedCount = estimatedCount;
            return this;
        }

        public Builder protocol(@Nullable Protocol protocol) {
            this.protocol = protocol;
            return this;
        }

        /**
         * Builds the site.
         *
         * @throws NullPointerException if a part is missing that must not be null
         */
        public Site build() {
            return new Site(
                    number,
                    requireNonNull(verdict, "verdict"),
                    requireNonNull(confidence, "confidence"),
                    count,
                    requireNonNull(oldestSince, "oldestSince"),
                    states,
                    recvQ,
                    sendQ,
                    remotes,
                    remoteCount,
                    eof,
                    opened,
                    closing,
                    listener,
                    current,
                    lastUse,
                    medianSince,
                    inLastMinute,
                    flow,
                    evidence,
                    estimatedCount,
                    protocol);
        }
    }
}
