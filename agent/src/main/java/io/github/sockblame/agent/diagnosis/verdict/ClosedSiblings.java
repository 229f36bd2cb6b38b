// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Frame;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of the closed connections from one place to one remote address.
 *
 * @param byKey the figures of each place and address
 */
public record ClosedSiblings(Map<Key, Closed> byKey) {

    /** Without any closed connection. */
    public static final ClosedSiblings NONE = new ClosedSiblings(Map.of());

    private static final Closed NOTHING = new Closed(0, 0);

    /**
     * The connections from this place to this address, and those from there whose address the agent did not see at their
     * close.
     */
    Closed of(@Nullable Frame place, @Nullable Endpoint remote) {
        if (place == null) {
            return NOTHING;
        }
        Closed known = byKey.getOrDefault(new Key(place, remote), NOTHING);
        return remote == null ? known : known.plus(byKey.getOrDefault(new Key(place, null), NOTHING));
    }

    /**
     * The figures of one place and address.
     *
     * @param count how many were closed, since the start; an estimate if there were too many to check each
     * @param latestOpening when the latest of them was opened, in milliseconds since the epoch; 0 if there is none
     */
    public record Closed(long count, long latestOpening) {

        Closed plus(Closed more) {
            return new Closed(count + more.count, Math.max(latestOpening, more.latestOpening));
        }
    }

    /**
     * One place and one remote address.
     *
     * @param place the culprit frame of the opening stack, or the frame that entered a library
     * @param remote the remote address; null if unknown
     */
    public record Key(Frame place, @Nullable Endpoint remote) {

        // by hand, see io.github.sockblame.report.Endpoint
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that && place.equals(that.place) && Objects.equals(remote, that.remote);
        }

        @Override
        public int hashCode() {
            return 31 * place.hashCode() + Objects.hashCode(remote);
        }
    }
}
