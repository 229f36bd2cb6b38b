// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import java.nio.ByteOrder;

/** A reader of socket states for tests, which reads none. */
public final class UnavailableStates {

    private UnavailableStates() {}

    /** Every answer is null. */
    public static SocketStateReader because(String reason) {
        return new SocketStateReader(null, ByteOrder.nativeOrder(), reason);
    }
}
