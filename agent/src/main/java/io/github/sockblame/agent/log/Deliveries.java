// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.log;

/** The delivery threads of the agent: one for each kind of code of the program that may never return. */
public final class Deliveries {

    /** Bounds what waits for one of them. */
    private static final int MAX_WAITING_BYTES = 64 << 10;

    /** Writes to standard error, which is a stream of the program after {@code System.setErr}. */
    public static final DeliveryThread STANDARD_ERROR = new DeliveryThread("sockblame-stderr", MAX_WAITING_BYTES);

    /** Bounds what waits for one JMX listener. */
    private static final int MAX_WAITING_BYTES_OF_LISTENER = 16 << 10;

    /** Calls the MBean server, which may be a class of the program. */
    public static final DeliveryThread JMX = new DeliveryThread("sockblame-jmx", MAX_WAITING_BYTES);

    /** Calls the JMX listeners of the program and their filters. One that does not return delays no other one. */
    public static final DeliveryPool JMX_LISTENERS =
            new DeliveryPool("sockblame-listener", MAX_WAITING_BYTES_OF_LISTENER);

    private Deliveries() {}

    /** Initializes this class, which a full heap needs first and could not initialize. */
    public static void prepare() {
        // the JVM has initialized it by now
    }

    /** Ends all, when the agent is detached. */
    public static void end() {
        boolean unused = STANDARD_ERROR.await();
        STANDARD_ERROR.end();
        JMX.end();
        JMX_LISTENERS.end();
    }
}
