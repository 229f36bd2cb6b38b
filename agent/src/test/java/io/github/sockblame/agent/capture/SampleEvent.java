// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

/** Events that no thread caused. */
public final class SampleEvent {

    private SampleEvent() {}

    /**
     * An event with this stack.
     *
     * @param threadName empty for a virtual thread, which then has its number alone
     */
    public static CapturedEvent of(CallStack stack, String threadName, long threadId, long millis) {
        return new CapturedEvent(
                stack,
                threadName.isEmpty() ? new CapturedEvent.UnnamedThread(threadId, true) : threadName,
                millis,
                null);
    }
}
