// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.log.Deliveries;
import io.github.sockblame.agent.memory.ScarceHeap;
import org.jspecify.annotations.Nullable;

/**
 * Publishes for viewers whether the heap is scarce. Not on the watch thread, because the program may have its own system
 * properties.
 */
final class HeapNotice implements ScarceHeap.Publisher {

    /** What a notice that waits holds in memory, about. */
    private static final int BYTES = 256;

    @Override
    public void publish(@Nullable String why) {
        Deliveries.JMX.submit(
                new Runnable() { // no lambda: its class would be made when there is little memory
                    @Override
                    public void run() {
                        StatusProperties.publishHeap(why);
                    }
                },
                BYTES);
    }
}
