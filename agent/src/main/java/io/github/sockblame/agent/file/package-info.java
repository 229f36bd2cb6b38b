// SPDX-License-Identifier: Apache-2.0
/** Files that are written where the user said, or a viewer asked: for their owner alone, through no link. */
@NullMarked
package io.github.sockblame.agent.file;

import org.jspecify.annotations.NullMarked;
