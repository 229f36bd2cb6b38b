// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

/**
 * A module without which this Java cannot do a part of the work. The check is not part of the classes that use the module, because they do not
 * link on a Java without it.
 */
enum JdkModule {
    /** Attaches to other JVMs, and lists them. */
    ATTACH("jdk.attach", "run sockblame with a JDK, or use a JMX address or a saved report"),
    /** Connects to a JMX address. */
    MANAGEMENT_RMI("java.management.rmi", "run sockblame with a JDK"),
    /** Reads the registry that an address {@code host:port} names. */
    NAMING_RMI("jdk.naming.rmi", "run sockblame with a JDK, or on the machine of that JVM with its PID");

    private final String module;
    private final String next;

    JdkModule(String module, String next) {
        this.module = module;
        this.next = next;
    }

    /** Checks that this Java has the module. */
    void check() throws CannotAnswerException {
        if (ModuleLayer.boot().findModule(module).isEmpty()) {
            throw new CannotAnswerException(
                    "this Java has no module " + module + " (" + System.getProperty("java.home") + ")", next);
        }
    }
}
