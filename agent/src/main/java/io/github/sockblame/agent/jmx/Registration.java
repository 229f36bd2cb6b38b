// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jmx;

import io.github.sockblame.agent.alarm.Alarm;
import io.github.sockblame.agent.diagnosis.ReportSource;
import io.github.sockblame.report.SockblameMXBean;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Puts the MXBean into the platform MBean server. */
public final class Registration {

    private Registration() {}

    /**
     * Registers, unless it was done before.
     *
     * @throws JMException if the server refuses
     */
    public static void ensure(ReportSource reports, DumpDirectory dumps, Alarm alarm, Departure departure)
            throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName(SockblameMXBean.OBJECT_NAME);
        synchronized (Registration.class) {
            if (!server.isRegistered(name)) {
                AlertNotifications alerts = new AlertNotifications(name);
                server.registerMBean(new Sockblame(reports, dumps, alerts, departure), name);
                alarm.addOutlet(alerts);
            }
        }
    }

    /**
     * Takes it out again, if it is there. An operation of the MXBean may do so: its answer still reaches the caller.
     *
     * @throws JMException if the server refuses
     */
    public static void end() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName(SockblameMXBean.OBJECT_NAME);
        synchronized (Registration.class) {
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
        }
    }
}
