// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Reads the addresses of a connection, and what else its close depends on, out of the JDK's object around it. At the moment of its close that is the last who knows them: the kernel
 * keeps the addresses, and forgets whose they were.
 */
public interface ConnectionAddresses {

    /** Knows none. */
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

    /** An owner of this class was met: called by the program's threads, so what it takes to read such ones is left to {@link #prepareReaders}. */
    void registerType(Object owner);

    /** Looks up what it takes to read the owners that were met; by a thread of the agent. */
    void prepareReaders();

    /** The ends of the connection; null if it never was one, or if owners of its class cannot be read yet. Looks nothing up. */
    @Nullable ConnectionEndpoints endpointsOf(Object owner);

    /**
     * Whether a selector knows the owner: then its close leaves the descriptor open until the selector has let go of it. Also true if that
     * cannot be told. Looks nothing up.
     */
    boolean isSelectorRegistered(Object owner);
}
