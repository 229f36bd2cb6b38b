// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jmx;

import io.github.sockblame.agent.alert.Alert;
import io.github.sockblame.agent.alert.AlertListener;
import io.github.sockblame.report.SockblameMXBean;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;

/**
 * Alerts as JMX notifications. The JMX server buffers those of clients in other JVMs, so a slow client delays no other.
 * A listener inside this JVM runs on the agent's own thread.
 */
final class AlertNotifications extends NotificationBroadcasterSupport implements AlertListener {

    private final ObjectName source;
    private final AtomicLong number = new AtomicLong();

    AlertNotifications(ObjectName source) {
        super(
                new MBeanNotificationInfo(
                        new String[] {
                            typeOf(Alert.Kind.RAISED),
                            typeOf(Alert.Kind.DOUBLED),
                            typeOf(Alert.Kind.ONGOING),
                            typeOf(Alert.Kind.RESOLVED)
                        },
                        Notification.class.getName(),
                        "A condition of the option alert was raised, has doubled, is ongoing or is resolved; the message has the kind and the figures"));
        this.source = source;
    }

    @Override
    public void onAlert(Alert alert) {
        sendNotification(new Notification(typeOf(alert.kind()), source, number.incrementAndGet(), alert.line()));
    }

    private static String typeOf(Alert.Kind kind) {
        return SockblameMXBean.NOTIFICATION_PREFIX + kind.name().toLowerCase(Locale.ROOT);
    }
}
