// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jmx;

import io.github.sockblame.agent.log.Deliveries;
import io.github.sockblame.agent.log.DeliveryThread;
import javax.management.Notification;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import org.jspecify.annotations.Nullable;

/** Delivers notifications to one listener, in their order. The listener and its filter may never return. */
final class ListenerDelivery {

    private final NotificationListener listener;
    private final @Nullable NotificationFilter filter;
    private final @Nullable Object handback;
    private final DeliveryThread thread = Deliveries.JMX_LISTENERS.assign();
    private volatile boolean ended;

    ListenerDelivery(NotificationListener listener, @Nullable NotificationFilter filter, @Nullable Object handback) {
        this.listener = listener;
        this.filter = filter;
        this.handback = handback;
    }

    /** Identity, because {@code equals} may be a method of the program. */
    @SuppressWarnings("ReferenceEquality")
    boolean isTo(NotificationListener other) {
        return listener == other;
    }

    @SuppressWarnings("ReferenceEquality")
    boolean isTo(NotificationListener other, @Nullable NotificationFilter otherFilter, @Nullable Object otherHandback) {
        return listener == other && filter == otherFilter && handback == otherHandback;
    }

    /**
     * Adds a notification, and returns at once.
     *
     * @param bytes about how much memory it holds
     */
    void submit(Notification notification, int bytes) {
        thread.submit(() -> deliver(notification), bytes);
    }

    /** An exception of the listener is its own: as in the JDK, it has no effect. */
    private void deliver(Notification notification) {
        try {
            if (!ended && (filter == null || filter.isNotificationEnabled(notification))) {
                listener.handleNotification(notification, handback);
            }
        } catch (RuntimeException e) {
            // the next notification is for it, too
        }
    }

    /** Drops the notifications that wait. */
    void end() {
        ended = true;
        Deliveries.JMX_LISTENERS.release(thread);
    }
}
