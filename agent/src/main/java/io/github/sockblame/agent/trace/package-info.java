// SPDX-License-Identifier: Apache-2.0
/** The trace file: its records and the task that writes them. */
@NullMarked
package io.github.sockblame.agent.trace;

import org.jspecify.annotations.NullMarked;
