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
 * @param number 1 for the worst; what a user types
 * @param verdict the verdict of all its connections
 * @param confidence how sure that verdict is
 * @param count number of connections
 * @param oldest since when the oldest of them is known to be so
 * @param states number of connections by TCP state
 * @param recvQ smallest and largest Recv-Q; null if unknown
 * @param sendQ smallest and largest Send-Q; null if unknown
 * @param remotes the most frequent remote addresses, most frequent first; of accepted connections without the port, of listeners
 *     and of UDP sockets that are not connected the local addresses
 * @param remotesInAll number of different remote addresses
 * @param eof where the program was told that the peer closed; null if it was not seen to be told
 * @param opened where the connections were opened; null if the agent did not see it
 * @param closing where the close was asked for; null if it was not
 * @param listener for accepted connections, where their listener was opened, if that was seen
 * @param current where threads stand now: those that are inside operations on its connections, or the one that accepted last from a
 *     listener; null if none is known, or none of interest
 * @param lastUse who used its connections last, as far as they were looked at closer; null if none was
 * @param median since when the one in the middle is known to be so, if all are put in a row by that; null if it is known of none
 * @param lately how many are so since the last minute: by how much the site grows; null in a report that was made before this was counted
 * @param flow what became of all that was opened where these were; null if it is not known where that was
 * @param evidence what the verdict rests on, one sentence a line
 * @param estimated about how many were opened there, with those whose opening stack was not taken because of the option
 *     {@code capture.budget} and which are counted elsewhere; null if {@code count} says it all
 * @param protocol what all its sockets speak; null if that differs, or in a report that was made before this was told
 */
public record Site(
        int number,
        Verdict verdict,
        Confidence confidence,
        int count,
        Instant oldest,
        Map<TcpState, Integer> states,
        @Nullable Range recvQ,
        @Nullable Range sendQ,
        List<RemoteCount> remotes,
        int remotesInAll,
        @Nullable Place eof,
        @Nullable Place opened,
        @Nullable Place closing,
        @Nullable Place listener,
        @Nullable Place current,
        @Nullable Place lastUse,
        @Nullable Instant median,
        @Nullable Integer lately,
        @Nullable Flow flow,
        List<String> evidence,
        @Nullable Integer estimated,
        @Nullable Protocol protocol) {

    public Site {
        requireNonNull(verdict, "verdict");
        requireNonNull(confidence, "confidence");
        requireNonNull(oldest, "oldest");
        states = EnumCounts.copyOf(TcpState.class, states);
        remotes = List.copyOf(remotes);
        evidence = List.copyOf(evidence);
    }

    /** Where the code of this role stands; null if that is not known. */
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

    /** What counts as lately: the last minute. */
    public static final Duration LATELY = Duration.ofMinutes(1);

    /**
     * What became of all the connections that were opened at one place, as far as the agent saw.
     *
     * @param opened how many were opened there
     * @param open how many of them are open
     * @param closed how many the program has closed
     * @param openedLately how many were opened in the last minute
     * @param closedLately how many were closed in the last minute
     * @param sampled whether the figures of closed ones are estimates: more were closed than could be looked at
     * @param closedAt the culprit frame of the closing stack that is the most frequent; null if none is known
     * @param closedThere how many were closed there
     * @param closedLate how many were closed only after they had been suspected: they are no leaks
     * @param latest the longest that it took one of these from the suspicion to its close; null if there is none
     */
    public record Flow(
            long opened,
            long open,
            long closed,
            long openedLately,
            long closedLately,
            boolean sampled,
            @Nullable Frame closedAt,
            long closedThere,
            long closedLate,
            @Nullable Duration latest) {}

    /** Smallest and largest of some figures, both inclusive. */
    public record Range(long min, long max) {}

    /**
     * A remote address and how many connections of the site go to it.
     *
     * @param local whether it is the local address of sockets that have no remote one; null in a report that was made before this was told
     */
    public record RemoteCount(
            Endpoint remote, int count, @Nullable Boolean local) {

        public RemoteCount {
            requireNonNull(remote, "remote");
        }
    }

    /**
     * The code in question: one stack that stands for all of its kind.
     *
     * @param stack index into {@link Report#stacks()} of the most frequent stack
     * @param stacks number of different stacks that share its culprit frame
     * @param threads names of the threads seen there, numbers folded to {@code *}, most frequent first
     * @param threadsInAll number of different threads
     */
    public record Place(int stack, int stacks, List<String> threads, int threadsInAll) {

        public Place {
            threads = List.copyOf(threads);
        }
    }
}
