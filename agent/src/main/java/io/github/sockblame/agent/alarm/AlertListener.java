// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alarm;

/** Somebody who wants to hear of alerts. Called by the watch thread; what goes wrong there is counted and stops nothing. */
@FunctionalInterface
public interface AlertListener {

    /** One alert. */
    void tell(Alert alert);
}
