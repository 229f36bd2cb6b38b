// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.kind.FourKinds;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.locks.LockSupport;
import javax.management.MBeanServer;
import javax.management.MBeanServerBuilder;
import javax.management.MBeanServerDelegate;
import javax.management.ObjectName;

/**
 * Makes its MBean server by {@code javax.management.builder.initial}. A thread that queries that server for the
 * agent's MXBean, or registers it, never returns.
 */
public final class KeepsRegistration {

    private KeepsRegistration() {}

    public static void main(String[] arguments) throws Exception {
        ManagementFactory.getPlatformMBeanServer();
        FourKinds.talk();
        Checkpoint.reached("has JMX");
    }

    /** The JDK makes one by its public constructor. */
    public static final class Builder extends MBeanServerBuilder {

        @Override
        public MBeanServer newMBeanServer(String domain, MBeanServer outer, MBeanServerDelegate delegate) {
            MBeanServer server = super.newMBeanServer(domain, outer, delegate);
            return (MBeanServer) Proxy.newProxyInstance(
                    KeepsRegistration.class.getClassLoader(),
                    new Class<?>[] {MBeanServer.class},
                    (proxy, method, given) -> {
                        if (given != null && given.length > 0 && isAgents(given[given.length - 1])) {
                            waitForEver();
                        }
                        try {
                            return method.invoke(server, given);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        private static boolean isAgents(Object argument) {
            return argument instanceof ObjectName name && name.getDomain().equals("io.github.sockblame");
        }

        private static void waitForEver() {
            System.out.println("is asked for the agent");
            for (; ; ) {
                LockSupport.park();
            }
        }
    }
}
