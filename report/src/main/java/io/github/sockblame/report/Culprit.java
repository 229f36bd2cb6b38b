// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one frame that every output names for a site or a socket: the {@linkplain Stack#culpritOrEntryFrame frame to blame} of the first of its
 * stacks that has one, in the order of {@link StackRole#culpritFirst}.
 *
 * @param role what that stack did
 * @param frame its frame to blame
 */
public record Culprit(StackRole role, Frame frame) {

    public Culprit {
        requireNonNull(role, "role");
        requireNonNull(frame, "frame");
    }

    /** The culprit of a site of this report; null if none of its stacks has a frame to blame. */
    public static @Nullable Culprit of(Report report, Site site) {
        return first(site.verdict(), role -> report.culpritOrEntryFrame(site.place(role)));
    }

    /**
     * The culprit of a socket of this report: the one that its site names, or without a site the one of its own stacks. Null
     * if there is none.
     */
    public static @Nullable Culprit of(Report report, Socket socket) {
        Integer site = socket.site();
        Culprit named = site == null ? null : of(report, report.sites().get(site - 1));
        return named != null ? named : first(socket.verdict(), role -> report.culpritOrEntryFrame(socket.event(role)));
    }

    private static @Nullable Culprit first(Verdict verdict, Function<StackRole, @Nullable Frame> blamed) {
        for (StackRole role : StackRole.culpritFirst(verdict)) {
            Frame frame = blamed.apply(role);
            if (frame != null) {
                return new Culprit(role, frame);
            }
        }
        return null;
    }
}
