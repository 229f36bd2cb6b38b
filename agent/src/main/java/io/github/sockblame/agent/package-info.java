// SPDX-License-Identifier: Apache-2.0
/** Where the agent begins: {@code premain} and {@code agentmain}, the options, and the wiring of all packages below. */
@NullMarked
package io.github.sockblame.agent;

import org.jspecify.annotations.NullMarked;
