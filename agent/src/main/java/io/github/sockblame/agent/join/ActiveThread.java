// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import io.github.sockblame.agent.capture.CapturedEvent;

/**
 * A thread that is inside an operation on a socket now.
 *
 * @param where its stack at this moment
 * @param writing whether it writes; if not, it reads, connects or accepts
 */
public record ActiveThread(CapturedEvent where, boolean writing) {}
