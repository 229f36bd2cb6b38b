// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;

/** Makes the guarded MBean server of {@link RefusingMBeanServerBuilder} itself, as a program with such a guard does, and then does what {@link FullOfFiles} does. */
public final class GuardsJmx {

    private GuardsJmx() {}

    public static void main(String[] arguments) throws Exception {
        MBeanServer unused = ManagementFactory.getPlatformMBeanServer();
        FullOfFiles.main(arguments);
    }
}
