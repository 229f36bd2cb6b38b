// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jmx;

import io.github.sockblame.agent.alert.AlertMonitor;
import io.github.sockblame.agent.service.ReportService;
import io.github.sockblame.report.SockblameMXBean;
import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Registers the MXBean with the platform MBean server. It takes no lock, and the watch thread does not call it: the
 * server may be a class of the program, and its methods may never return.
 */
public final class MBeanRegistration {

    private MBeanRegistration() {}

    /**
     * Registers it, unless it is registered already.
     *
     * @return whether this call registered it, so that {@link #unregister} may undo that
     * @throws JMException if the server refuses
     */
    public static boolean register(
            ReportService reports, DumpDirectory dumps, AlertMonitor alertMonitor, Detachable detachable)
            throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName(SockblameMXBean.OBJECT_NAME);
        if (!server.isRegistered(name)) {
            AlertNotifications alerts = new AlertNotifications(name);
            try {
                server.registerMBean(new SockblameBean(reports, dumps, alerts, detachable), name);
                alertMonitor.addListener(alerts);
                return true;
            } catch (InstanceAlreadyExistsException e) {
                // another thread was faster
            }
        }
        return false;
    }

    /**
     * Unregisters it, if it is still registered. An operation of the MXBean may call this: its answer still reaches the
     * caller.
     *
     * @throws JMException if the server refuses
     */
    public static void unregister() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName(SockblameMXBean.OBJECT_NAME);
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            // it is not registered
        }
    }
}
