// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import javax.management.MBeanServer;
import javax.management.MBeanServerBuilder;
import javax.management.MBeanServerDelegate;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * The guard of a program for its MBean server, as message brokers have one: it permits no call for names outside of its list. The system property
 * {@code refuse} names the beginning of the methods that it refuses.
 */
public final class RefusingMBeanServerBuilder extends MBeanServerBuilder {

    @Override
    public MBeanServer newMBeanServer(String defaultDomain, @Nullable MBeanServer outer, MBeanServerDelegate delegate) {
        MBeanServer server = super.newMBeanServer(defaultDomain, outer, delegate);
        String refused = System.getProperty("refuse", "invoke");
        return (MBeanServer) Proxy.newProxyInstance(
                RefusingMBeanServerBuilder.class.getClassLoader(),
                new Class<?>[] {MBeanServer.class},
                (proxy, method, arguments) -> {
                    boolean ours = arguments != null
                            && Arrays.stream(arguments)
                                    .anyMatch(argument -> argument instanceof ObjectName name
                                            && name.getDomain().equals("io.github.sockblame"));
                    if (ours && method.getName().startsWith(refused)) {
                        throw new SecurityException("User not authorized to access operation: " + method.getName());
                    }
                    try {
                        return method.invoke(server, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }
}
