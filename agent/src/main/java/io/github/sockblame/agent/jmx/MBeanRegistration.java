// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jmx;

import io.github.sockblame.agent.alert.AlertMonitor;
import io.github.sockblame.agent.service.ReportService;
import io.github.sockblame.report.SockblameMXBean;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Registers the MXBean with the platform MBean server. */
public final class MBeanRegistration {

    private MBeanRegistration() {}

    /**
     * Registers it, unless it is registered already.
     *
     * @throws JMException if the server refuses
     */
    public static void register(
            ReportService reports, DumpDirectory dumps, AlertMonitor alertMonitor, Detachable detachable)
            throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName(SockblameMXBean.OBJECT_NAME);
        synchronized (MBeanRegistration.class) {
            if (!server.isRegistered(name)) {
                AlertNotifications alerts = new AlertNotifications(name);
                server.registerMBean(new SockblameBean(reports, dumps, alerts, detachable), name);
                alertMonitor.addListener(alerts);
            }
        }
    }

    /**
     * Unregisters it, if it is registered. An operation of the MXBean may call this: its answer still reaches the
     * caller.
     *
     * @throws JMException if the server refuses
     */
    public static void unregister() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName(SockblameMXBean.OBJECT_NAME);
        synchronized (MBeanRegistration.class) {
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
        }
    }
}
