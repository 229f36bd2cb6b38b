// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.lang.ref.WeakReference;

/**
 * A weak reference to the channel around a descriptor. Its class distinguishes a channel, which no Cleaner closes, from
 * the implementation of a {@code java.net.Socket}, which the JDK's Cleaner closes.
 */
final class ChannelReference extends WeakReference<Object> {

    ChannelReference(Object channel) {
        super(channel);
    }
}
