// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alert;

/** Receives alerts on the watch thread. An exception of a listener is counted and has no other effect. */
@FunctionalInterface
public interface AlertListener {

    /** Receives one alert. */
    void onAlert(Alert alert);
}
