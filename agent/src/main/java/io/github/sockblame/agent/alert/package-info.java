// SPDX-License-Identifier: Apache-2.0
/**
 * Alerts: the conditions of the user, whether they hold, grow and are resolved, and the receivers of the messages.
 */
@NullMarked
package io.github.sockblame.agent.alert;

import org.jspecify.annotations.NullMarked;
