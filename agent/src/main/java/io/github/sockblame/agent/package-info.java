// SPDX-License-Identifier: Apache-2.0
/** The agent's entry: {@code premain} and {@code agentmain}, and the wiring of all packages below. */
@NullMarked
package io.github.sockblame.agent;

import org.jspecify.annotations.NullMarked;
