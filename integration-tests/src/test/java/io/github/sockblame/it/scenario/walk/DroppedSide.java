// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** Stands for a side that the program dropped without closing. Whether its peer hears of it depends on the JDK's Cleaner. */
final class DroppedSide extends Side {

    DroppedSide(Side dropped) {
        super(dropped.kind(), EnumSet.noneOf(Capability.class));
        if (dropped.can(Capability.RESCUED)) {
            closedByOthers();
        } else {
            shutForGood(dropped.isShut());
        }
    }

    @Override
    boolean isHeld() {
        return false;
    }

    @Override
    void write() throws IOException {
        throw new IOException("dropped");
    }

    @Override
    int read() throws IOException {
        throw new IOException("dropped");
    }

    @Override
    void closeIt() throws IOException {
        throw new IOException("dropped");
    }

    @Override
    Object object() {
        return this;
    }

    @Override
    @Nullable SocketAddress localAddress() {
        return null;
    }

    @Override
    @Nullable SocketAddress remoteAddress() {
        return null;
    }
}
