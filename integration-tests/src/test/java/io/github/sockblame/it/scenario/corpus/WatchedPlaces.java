// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The places that the agent in this JVM looks at closer. */
final class WatchedPlaces {

    private WatchedPlaces() {}

    /** One line each; empty as long as the agent has not registered its MXBean. */
    static String places() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName agent = new ObjectName("io.github.sockblame:type=Sockblame");
        return server.isRegistered(agent)
                ? String.join("\n", (String[]) server.getAttribute(agent, "LastUsePlaces"))
                : "";
    }
}
