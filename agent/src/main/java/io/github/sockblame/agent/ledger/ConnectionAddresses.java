// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Reads the addresses of a connection from the JDK's object around it, and whether its close may linger. At close, that
 * object is the last place that links the addresses to this socket: the kernel keeps the addresses, and forgets the
 * descriptor.
 */
public interface ConnectionAddresses {

    /** Reads no addresses. */
    ConnectionAddresses UNKNOWN = new ConnectionAddresses() {
        @Override
        public void registerType(Object owner) {}

        @Override
        public void prepareReaders() {}

        @Override
        public @Nullable ConnectionEndpoints endpointsOf(Object owner) {
            return null;
        }

        @Override
        public boolean isSelectorRegistered(Object owner) {
            return true;
        }
    };

    /**
     * Registers the class of an owner. The program's threads call this, so {@link #prepareReaders} does the preparation
     * that the class needs.
     */
    void registerType(Object owner);

    /** Prepares readers for the registered classes. A thread of the agent calls this. */
    void prepareReaders();

    /**
     * Returns the ends of the connection; null if it was never connected, or if there is no reader for the owner's
     * class yet. Does no reflective lookup.
     */
    @Nullable ConnectionEndpoints endpointsOf(Object owner);

    /**
     * Returns whether the owner is registered with a selector. If so, its close leaves the descriptor open until the
     * selector flushes the key. Also true if this cannot be read. Does no reflective lookup.
     */
    boolean isSelectorRegistered(Object owner);
}
