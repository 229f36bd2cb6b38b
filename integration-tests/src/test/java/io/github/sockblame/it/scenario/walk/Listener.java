// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.Set;

/** A listening socket, whatever the JDK calls it. */
abstract class Listener {

    private final String kind;
    private final Set<Capability> abilities;
    private volatile boolean open = true;

    Listener(String kind, Set<Capability> abilities) {
        this.kind = kind;
        this.abilities = abilities;
    }

    abstract SocketAddress address() throws IOException;

    /** Accepts, and waits until there is something to accept. */
    abstract Side accept() throws Exception;

    abstract void closeIt() throws Exception;

    abstract Object object();

    final String kind() {
        return kind;
    }

    final boolean can(Capability capability) {
        return abilities.contains(capability);
    }

    final boolean isOpen() {
        return open;
    }

    final void close() throws Exception {
        open = false;
        closeIt();
    }

    final void closedByOthers() {
        open = false;
    }

    @Override
    public String toString() {
        return kind + (open ? "" : " closed");
    }
}
