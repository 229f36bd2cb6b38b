// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.options;

import org.jspecify.annotations.Nullable;

/** The source of options beside the agent's argument: this JVM's. A test has one with values of its own. */
public class OptionSource {

    /** The system property of this name; null if there is none. */
    @Nullable String property(String name) {
        return System.getProperty(name);
    }

    /** The environment variable of this name; null if there is none. */
    @Nullable String variable(String name) {
        return System.getenv(name);
    }
}
