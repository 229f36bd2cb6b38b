// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import com.sun.tools.attach.VirtualMachine;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.json.ReportJson;
import java.io.IOException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A plain JMX client: finds the agent by its name, and knows none of its classes. */
public final class AgentConnection implements AutoCloseable {

    static final String OBJECT_NAME = "io.github.sockblame:type=Sockblame";

    private final JMXConnector connector;
    private final MBeanServerConnection server;
    private final ObjectName name;

    private AgentConnection(JMXConnector connector) throws Exception {
        this.connector = connector;
        this.server = connector.getMBeanServerConnection();
        this.name = new ObjectName(OBJECT_NAME);
    }

    /** Starts the JMX server of that JVM, as JConsole does, and waits for the agent to appear there. */
    static AgentConnection to(long pid) throws Exception {
        VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
        String address;
        try {
            address = jvm.startLocalManagementAgent();
        } finally {
            jvm.detach();
        }
        return to(address);
    }

    @SuppressWarnings("BanJNDI") // loopback, to a JVM that the test started
    public static AgentConnection to(String address) throws Exception {
        AgentConnection agent = new AgentConnection(JMXConnectorFactory.connect(new JMXServiceURL(address)));
        Await.until("the MXBean " + OBJECT_NAME, () -> agent.server.isRegistered(agent.name));
        return agent;
    }

    public Object attribute(String attribute) throws Exception {
        return server.getAttribute(name, attribute);
    }

    public Object call(String operation) throws Exception {
        return server.invoke(name, operation, new Object[0], new String[0]);
    }

    Object call(String operation, String argument) throws Exception {
        return server.invoke(name, operation, new Object[] {argument}, new String[] {String.class.getName()});
    }

    public MBeanServerConnection server() {
        return server;
    }

    public ObjectName name() {
        return name;
    }

    public Report report() throws Exception {
        return ReportJson.read((String) call("reportJson"));
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
