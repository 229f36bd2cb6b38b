// SPDX-License-Identifier: Apache-2.0
/** Which sockets the agent tracks, from their opening to their end. */
@NullMarked
package io.github.sockblame.it.tracking;

import org.jspecify.annotations.NullMarked;
