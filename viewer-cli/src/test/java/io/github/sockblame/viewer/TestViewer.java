// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import io.github.sockblame.viewer.connect.BundledAgent;
import io.github.sockblame.viewer.connect.FakeCarriedAgent;
import java.io.IOException;
import java.nio.file.Path;

/** A viewer that carries the fake agent; its files lie in a folder of the test. */
record TestViewer(Path folder, BundledAgent agent) {

    static TestViewer in(Path folder) throws IOException {
        return new TestViewer(folder, FakeCarriedAgent.in(folder));
    }

    Outcome call(String... args) {
        return Outcome.of(agent, args);
    }

    /** The argument with which a JVM carries the fake agent from its start. */
    String javaagent(String options) {
        return "-javaagent:" + folder.resolve("sockblame-agent-fake.jar") + options;
    }

    /** Arguments with which any JVM takes an agent by attach without a warning. */
    static String[] takesAgents() {
        return new String[] {"-XX:+IgnoreUnrecognizedVMOptions", "-XX:+EnableDynamicAgentLoading"};
    }
}
