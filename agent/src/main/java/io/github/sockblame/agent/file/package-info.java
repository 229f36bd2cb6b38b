// SPDX-License-Identifier: Apache-2.0
/** Files at the user's paths, and answers to file requests: for their owner alone, through no link. */
@NullMarked
package io.github.sockblame.agent.file;

import org.jspecify.annotations.NullMarked;
