// SPDX-License-Identifier: Apache-2.0
/** Finds the evidence that shows which code is the program's: its main class, and where its loaded classes come from. */
@NullMarked
package io.github.sockblame.agent.program;

import org.jspecify.annotations.NullMarked;
