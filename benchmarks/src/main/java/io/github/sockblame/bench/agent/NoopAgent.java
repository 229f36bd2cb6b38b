// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.agent;

/** An agent that does nothing: the floor of what any agent adds. */
public final class NoopAgent {

    private NoopAgent() {}

    public static void premain(String options) {}
}
