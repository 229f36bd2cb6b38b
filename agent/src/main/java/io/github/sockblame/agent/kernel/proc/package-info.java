// SPDX-License-Identifier: Apache-2.0
/** Files and lines of {@code /proc}. Independent of what the rows mean. */
@NullMarked
package io.github.sockblame.agent.kernel.proc;

import org.jspecify.annotations.NullMarked;
