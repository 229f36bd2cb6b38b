// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jmx;

/** The way of the agent out of the JVM. */
public interface Detachable {

    /** Takes the agent out of the JVM, the MXBean too; never throws, and says what became of it in one line. */
    String detach();
}
