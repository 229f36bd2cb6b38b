// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alert;

import static java.util.Objects.requireNonNull;

/** Conditions of alerts, for tests. */
final class SampleTriggers {

    private SampleTriggers() {}

    /** The one condition with this text. */
    static Trigger of(String text) {
        return requireNonNull(TriggerParser.parse(text), text).get(0);
    }
}
