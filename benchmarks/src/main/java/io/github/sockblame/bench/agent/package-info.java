// SPDX-License-Identifier: Apache-2.0
/** Agents to compare with. */
@NullMarked
package io.github.sockblame.bench.agent;

import org.jspecify.annotations.NullMarked;
