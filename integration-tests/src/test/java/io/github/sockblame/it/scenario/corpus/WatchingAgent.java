// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import java.lang.management.ManagementFactory;
import java.util.regex.Pattern;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What the agent in this JVM has seen until now. */
final class WatchingAgent {

    private WatchingAgent() {}

    /** The places that it looks at closer, one line each; empty as long as it has not registered its MXBean. */
    static String places() throws Exception {
        return isRegistered() ? String.join("\n", (String[]) server().getAttribute(name(), "LastUsePlaces")) : "";
    }

    /** Whether it has seen that a connection to this address is in CLOSE-WAIT. */
    static boolean hasSeenEnd(String address) throws Exception {
        String report = isRegistered() ? (String) server().invoke(name(), "reportJson", null, null) : "";
        return Pattern.compile("\"state\":\"CLOSE_WAIT\",\"local\":[^}]*},\"remote\":\\{\"address\":\""
                        + Pattern.quote(address) + "\"")
                .matcher(report)
                .find();
    }

    private static boolean isRegistered() throws Exception {
        return server().isRegistered(name());
    }

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    private static ObjectName name() throws Exception {
        return new ObjectName("io.github.sockblame:type=Sockblame");
    }
}
