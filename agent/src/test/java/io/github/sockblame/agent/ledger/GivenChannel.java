// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.nio.channels.Channel;

/** A channel that says it is open as often as a test wants it to. */
final class GivenChannel implements Channel {

    private int asked;
    private final int openFor;

    /** Always open. */
    GivenChannel() {
        this(Integer.MAX_VALUE);
    }

    /** Open when it is asked this many times, and closed from then on. */
    GivenChannel(int openFor) {
        this.openFor = openFor;
    }

    @Override
    public boolean isOpen() {
        return asked++ < openFor;
    }

    @Override
    public void close() {}
}
