// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one frame that every output names for a site or a socket: the culprit frame of the first of its stacks that has
 * one, in the order of {@link StackRole#culpritFirst}. If no stack has one, it is the innermost library frame of the
 * first stack that has such a frame. The thread that a verdict is about comes first also without a frame of the program.
 *
 * @param role what that stack did
 * @param frame the culprit frame of that stack, or its innermost library frame
 * @param through the innermost library frame through which the culprit frame went; null if there is none
 */
public record Culprit(StackRole role, Frame frame, @Nullable Frame through) {

    public Culprit {
        requireNonNull(role, "role");
        requireNonNull(frame, "frame");
    }

    /** The culprit of a site of this report; null if none of its stacks has a frame to blame. */
    public static @Nullable Culprit of(Report report, Site site) {
        return first(site.verdict(), role -> report.stack(site.place(role)));
    }

    /**
     * The culprit of a socket of this report: the one that its site names, or without a site the one of its own stacks. Null
     * if there is none.
     */
    public static @Nullable Culprit of(Report report, Socket socket) {
        Integer site = socket.site();
        Culprit named = site == null ? null : of(report, report.sites().get(site - 1));
        return named != null ? named : first(socket.verdict(), role -> report.stack(socket.event(role)));
    }

    private static @Nullable Culprit first(Verdict verdict, Function<StackRole, @Nullable Stack> stacks) {
        Culprit ofLibrary = null;
        for (StackRole role : StackRole.culpritFirst(verdict)) {
            Stack stack = stacks.apply(role);
            Frame frame = stack == null ? null : stack.culpritOrEntryFrame();
            if (stack != null && frame != null) {
                Culprit culprit = new Culprit(role, frame, stack.throughFrame());
                boolean isNow = role == StackRole.CURRENT; // first if the verdict is about this thread, else last
                if (isNow ? ofLibrary == null : stack.culpritFrame() != null) {
                    return culprit;
                }
                ofLibrary = ofLibrary == null ? culprit : ofLibrary;
            }
        }
        return ofLibrary;
    }
}
