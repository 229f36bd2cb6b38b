// SPDX-License-Identifier: Apache-2.0
/** Estimates how much memory is free, and what a reading or a report takes of it. */
@NullMarked
package io.github.sockblame.agent.memory;

import org.jspecify.annotations.NullMarked;
