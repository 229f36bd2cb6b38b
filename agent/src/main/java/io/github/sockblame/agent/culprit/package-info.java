// SPDX-License-Identifier: Apache-2.0
/** Finds the frame of a stack that names the program's own code. */
@NullMarked
package io.github.sockblame.agent.culprit;

import org.jspecify.annotations.NullMarked;
