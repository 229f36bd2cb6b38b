// SPDX-License-Identifier: Apache-2.0
/** The agent's lines on standard error, and the count of its own errors. Every package may use it; it uses none. */
@NullMarked
package io.github.sockblame.agent.log;

import org.jspecify.annotations.NullMarked;
