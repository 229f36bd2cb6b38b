// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.nio.channels.Channel;

/** A channel that says it is open as often as a test wants it to. */
final class FakeChannel implements Channel {

    private int asked;
    private final int openFor;

    /** Always open. */
    FakeChannel() {
        this(Integer.MAX_VALUE);
    }

    /** Open when it is asked this many times, and closed from then on. */
    FakeChannel(int openFor) {
        this.openFor = openFor;
    }

    @Override
    public boolean isOpen() {
        return asked++ < openFor;
    }

    @Override
    public void close() {}
}
