// SPDX-License-Identifier: Apache-2.0
/** The agent's one thread: samples states, resolves stacks, takes readings for whoever asks. */
@NullMarked
package io.github.sockblame.agent.watch;

import org.jspecify.annotations.NullMarked;
