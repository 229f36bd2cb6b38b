// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alert;

/** Conditions of alerts, for tests. */
final class SampleTriggers {

    private SampleTriggers() {}

    /** The one condition with this text. */
    static Trigger of(String text) {
        return Trigger.list(text).get(0);
    }
}
