// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.StackInterner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Resolves the stacks of records. Only the agent's own threads and those that request a report call this. */
public final class StackResolution {

    private final StackInterner interner;

    StackResolution(StackInterner interner) {
        this.interner = interner;
    }

    /** Resolves all stacks of this record. */
    void resolve(TrackedSocket socket) {
        resolveOpening(socket);
        resolve(socket.listenerOpened());
        resolve(socket.eof());
        resolve(socket.closeNotify());
        resolve(socket.closing());
        resolve(socket.lastUse());
        resolve(lastAccept(socket));
    }

    /** Resolves the stacks of opening and close request. */
    void resolveOpenAndClose(TrackedSocket socket) {
        resolveOpening(socket);
        resolve(socket.closing());
    }

    private void resolveOpening(TrackedSocket socket) {
        CapturedEvent opened = socket.opened();
        if (opened != null && !opened.isResolved()) {
            opened.resolve(interner);
            if (!opened.hasStack()) {
                socket.skipOpeningStack(); // there was no memory for it
            }
        }
    }

    /** Passes each event of this record to the visitor. */
    static void visitEvents(TrackedSocket socket, Consumer<CapturedEvent> visitor) {
        visit(socket.opened(), visitor);
        visit(socket.listenerOpened(), visitor);
        visit(socket.eof(), visitor);
        visit(socket.closeNotify(), visitor);
        visit(socket.closing(), visitor);
        visit(socket.lastUse(), visitor);
        visit(lastAccept(socket), visitor);
    }

    private static void visit(@Nullable CapturedEvent capturedEvent, Consumer<CapturedEvent> visitor) {
        if (capturedEvent != null) {
            visitor.accept(capturedEvent);
        }
    }

    /**
     * Returns whether all stacks of this record that were captured before this time, in milliseconds since the epoch,
     * are resolved.
     */
    public static boolean isResolved(TrackedSocket socket, long before) {
        return isResolved(socket.opened(), before)
                && isResolved(socket.listenerOpened(), before)
                && isResolved(socket.eof(), before)
                && isResolved(socket.closeNotify(), before)
                && isResolved(socket.closing(), before)
                && isResolved(socket.lastUse(), before)
                && isResolved(lastAccept(socket), before);
    }

    private static boolean isResolved(@Nullable CapturedEvent capturedEvent, long before) {
        return capturedEvent == null || capturedEvent.isResolved() || capturedEvent.millis() >= before;
    }

    private void resolve(@Nullable CapturedEvent capturedEvent) {
        if (capturedEvent != null) {
            capturedEvent.resolve(interner);
        }
    }

    private static @Nullable CapturedEvent lastAccept(TrackedSocket socket) {
        AcceptStats ofListener = socket.accepts();
        return ofListener == null ? null : ofListener.lastAccept();
    }
}
