// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jmx;

/** Removes the agent from the JVM. */
public interface Detachable {

    /** Removes the agent and its MXBean from the JVM; never throws, and returns the result in one line. */
    String detach();
}
