// SPDX-License-Identifier: Apache-2.0
/**
 * The agent's lines on standard error, the threads for code of the program that may never return, and the count of the
 * agent's own errors. Every package may use it; it uses none.
 */
@NullMarked
package io.github.sockblame.agent.log;

import org.jspecify.annotations.NullMarked;
