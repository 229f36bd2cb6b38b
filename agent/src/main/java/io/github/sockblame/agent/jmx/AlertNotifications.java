// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jmx;

import io.github.sockblame.agent.alert.Alert;
import io.github.sockblame.agent.alert.AlertListener;
import io.github.sockblame.report.SockblameMXBean;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Alerts as JMX notifications. The JMX server buffers those of clients in other JVMs, so a slow client delays no other.
 * A listener inside this JVM runs on a thread of the agent for listeners, and may stay there: the other ones have
 * threads of their own.
 *
 * <p>It is no {@code NotificationBroadcasterSupport}, which calls one listener after the other.
 */
final class AlertNotifications implements NotificationEmitter, AlertListener {

    /** What a notification takes beside its message. */
    private static final int OVERHEAD_BYTES = 256;

    private final ObjectName source;
    private final AtomicLong number = new AtomicLong();
    private final List<ListenerDelivery> listeners = new CopyOnWriteArrayList<>();

    AlertNotifications(ObjectName source) {
        this.source = source;
    }

    @Override
    public void addNotificationListener(
            @Nullable NotificationListener listener, @Nullable NotificationFilter filter, @Nullable Object handback) {
        if (listener == null) {
            throw new IllegalArgumentException("the listener is null");
        }
        listeners.add(new ListenerDelivery(listener, filter, handback));
    }

    @Override
    public void removeNotificationListener(NotificationListener listener) throws ListenerNotFoundException {
        if (!remove(delivery -> delivery.isTo(listener), Integer.MAX_VALUE)) {
            throw new ListenerNotFoundException("the listener is not registered");
        }
    }

    @Override
    public void removeNotificationListener(
            NotificationListener listener, @Nullable NotificationFilter filter, @Nullable Object handback)
            throws ListenerNotFoundException {
        if (!remove(delivery -> delivery.isTo(listener, filter, handback), 1)) {
            throw new ListenerNotFoundException("the listener is not registered with this filter and handback");
        }
    }

    /** Removes at most so many of these, and returns whether it removed any. */
    private boolean remove(Predicate<ListenerDelivery> isMeant, int most) {
        int removed = 0;
        for (ListenerDelivery delivery : List.copyOf(listeners)) {
            if (removed < most && isMeant.test(delivery) && listeners.remove(delivery)) {
                delivery.end();
                removed++;
            }
        }
        return removed > 0;
    }

    @Override
    public MBeanNotificationInfo[] getNotificationInfo() {
        return new MBeanNotificationInfo[] {
            new MBeanNotificationInfo(
                    new String[] {
                        typeOf(Alert.Kind.RAISED),
                        typeOf(Alert.Kind.DOUBLED),
                        typeOf(Alert.Kind.ONGOING),
                        typeOf(Alert.Kind.RESOLVED)
                    },
                    Notification.class.getName(),
                    "A condition of the option alert was raised, has doubled, is ongoing or is resolved; the message has the kind and the figures")
        };
    }

    @Override
    public void onAlert(Alert alert) {
        String line = alert.line();
        Notification notification = new Notification(typeOf(alert.kind()), source, number.incrementAndGet(), line);
        for (ListenerDelivery delivery : listeners) {
            delivery.submit(notification, OVERHEAD_BYTES + 2 * line.length());
        }
    }

    private static String typeOf(Alert.Kind kind) {
        return SockblameMXBean.NOTIFICATION_PREFIX + kind.name().toLowerCase(Locale.ROOT);
    }
}
