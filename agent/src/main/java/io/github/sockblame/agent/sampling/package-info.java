// SPDX-License-Identifier: Apache-2.0
/** The state that is sampled periodically, and the snapshots that a report is made of. */
@NullMarked
package io.github.sockblame.agent.sampling;

import org.jspecify.annotations.NullMarked;
