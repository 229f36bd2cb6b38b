// SPDX-License-Identifier: Apache-2.0
/** The agent's options: syntax, values and their errors. */
@NullMarked
package io.github.sockblame.agent.options;

import org.jspecify.annotations.NullMarked;
