// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

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
 * @param current where a thread stands now that could mend it: the one that accepted last from a listener; null if there is none to
 *     ask, or none of interest
 * @param evidence what the verdict rests on, one sentence a line
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
        List<String> evidence) {

    public Site {
        requireNonNull(verdict, "verdict");
        requireNonNull(confidence, "confidence");
        requireNonNull(oldest, "oldest");
        states = Counts.copyOf(TcpState.class, states);
        remotes = List.copyOf(remotes);
        evidence = List.copyOf(evidence);
    }

    /** Smallest and largest of some figures, both inclusive. */
    public record Range(long min, long max) {}

    /** A remote address and how many connections of the site go to it. */
    public record RemoteCount(Endpoint remote, int count) {

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
