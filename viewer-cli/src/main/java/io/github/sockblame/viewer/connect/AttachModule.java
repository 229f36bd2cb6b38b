// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

/**
 * Asks whether this Java can attach. Apart from {@link AttachedJvm} because that class cannot even be linked on a Java
 * without the module.
 */
final class AttachModule {

    private AttachModule() {}

    static void check() throws CannotAnswerException {
        if (ModuleLayer.boot().findModule("jdk.attach").isEmpty()) {
            throw new CannotAnswerException(
                    "this Java has no module jdk.attach (" + System.getProperty("java.home") + ")",
                    "run sockblame with a JDK, or name a JMX address or a saved report");
        }
    }
}
