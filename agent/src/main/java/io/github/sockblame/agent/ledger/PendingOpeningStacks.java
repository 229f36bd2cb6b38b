// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.StackCapturer;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Decides on opening stacks while the capture budget is spent. A socket is then opened without its stack. The endpoint
 * of its connection decides later whether the stack is captured or skipped: the remote address at the connect, or the
 * listener at the accept.
 */
final class PendingOpeningStacks {

    private final StackCapturer stackCapturer;
    private final ProbeControl probe;
    private volatile boolean connectEventsEnabled;

    PendingOpeningStacks(StackCapturer stackCapturer, ProbeControl probe) {
        this.stackCapturer = stackCapturer;
        this.probe = probe;
    }

    /** Leaves the decision to a later event, the connect or the accept. */
    void defer(TrackedSocket socket) {
        socket.deferOpeningStack();
        if (!connectEventsEnabled) {
            probe.setConnectEventsEnabled(true); // for good: the connect may come after the sampling
            connectEventsEnabled = true;
        }
    }

    /** Decides by the remote address; null if it is no Internet address. */
    void decide(TrackedSocket socket, @Nullable InetAddress remote, int port) {
        decide(socket, stackCapturer.sampleByRemote(remote, port, random(socket)));
    }

    /** Decides by the listener's opening; null if no listener and no remote address will be available. */
    void decideByListener(TrackedSocket socket, @Nullable CapturedEvent listenerOpened) {
        decide(socket, stackCapturer.sampleByListener(listenerOpened, random(socket)));
    }

    private void decide(TrackedSocket socket, int log2Weight) {
        CapturedEvent captured = log2Weight == StackCapturer.SKIP ? null : stackCapturer.capture(null);
        if (captured == null || !captured.hasStack()) {
            socket.skipOpeningStack();
        } else {
            socket.setOpeningStack(captured, log2Weight);
        }
    }

    /** Bits that do not depend on the code that opens it. All native sockets have the same identity. */
    private static int random(TrackedSocket socket) {
        return socket.isNativeIo() ? (int) System.nanoTime() : socket.identity();
    }
}
