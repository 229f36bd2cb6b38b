// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

/**
 * Checks whether this Java can attach. It is not part of {@link AttachedJvm}, because that class does not link on a Java without the
 * module.
 */
final class AttachModule {

    private AttachModule() {}

    static void check() throws CannotAnswerException {
        if (ModuleLayer.boot().findModule("jdk.attach").isEmpty()) {
            throw new CannotAnswerException(
                    "this Java has no module jdk.attach (" + System.getProperty("java.home") + ")",
                    "run sockblame with a JDK, or use a JMX address or a saved report");
        }
    }
}
