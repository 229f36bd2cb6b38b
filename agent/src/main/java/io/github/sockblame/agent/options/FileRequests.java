// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.options;

/** The option {@code file.requests}. */
public enum FileRequests {
    /** The user set it to {@code false}. */
    NEVER,

    /** The user did not set it: not in a JVM that forbids attach, unless too few descriptors are left for an attach. */
    UNLESS_ATTACH_IS_DISABLED,

    /** The user set it to {@code true}. */
    ALWAYS
}
