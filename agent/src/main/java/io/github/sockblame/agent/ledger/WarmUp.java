// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.agent.capture.StackCapturer;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.SocketImpl;
import java.nio.channels.Channel;

/** Runs the ledger's paths before the program does. */
public final class WarmUp {

    /** A budget that the first stack uses up, so that the paths after that run as well. */
    private static final double LITTLE = 1e-6;

    private WarmUp() {}

    private static final class OpenChannel implements Channel {

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    /**
     * Runs the paths of all events but one on a ledger that is thrown away. Afterwards none of their classes has to be
     * loaded, and nothing has to be linked for the first time, under the locks of the JDK. The exception is the accept
     * into a {@link SocketImpl}: that class may be in the middle of being loaded now.
     *
     * @param probe its switches are off afterwards
     * @param fd any descriptor that has a number
     */
    public static void run(
            DescriptorAccess numbers, ConnectionAddresses addresses, ProbeControl probe, FileDescriptor fd) {
        int number = numbers.numberOf(fd);
        Ledger scratch = new Ledger(numbers, addresses, probe, new TraceRing(), new StackCapturer(LITTLE));
        scratch.openFailed(new IOException(""));
        scratch.asyncReadStarting(new OpenChannel(), fd, fd);
        scratch.closedByCleaner(number);
        scratch.lastUseCapture.refill(1, 1);
        scratch.descriptorSeen(fd);
        scratch.opened(fd);
        scratch.listening(fd, 1);
        scratch.accepted(fd, fd);
        scratch.asyncReadStarting(new OpenChannel(), fd, fd);
        scratch.eofRead(fd);
        scratch.channelCreated(fd, fd);
        scratch.ioCompleted(fd);
        scratch.closeRequested(fd, true);
        scratch.preClosing(fd);
        scratch.closedByCleaner(number);
        scratch.eofRead(fd);
        scratch.channelCreated(fd, fd);
        scratch.closed(fd);
        scratch.opened(fd);
        scratch.connecting(fd, null, 0);
        scratch.closed(fd);
        scratch.nativeOpened(number);
        scratch.nativeListening(number, 1);
        scratch.nativeAccepted(number, number);
        scratch.nativeEofRead(number, true);
        scratch.nativeClosed(number);
        probe.setIoEventsEnabled(false);
        probe.setConnectEventsEnabled(false);
    }
}
