// SPDX-License-Identifier: Apache-2.0
/** How it is woven: an advice becomes instructions of the hooked method. Byte Buddy's ASM is used here only. */
@NullMarked
package io.github.sockblame.agent.instrument.weave;

import org.jspecify.annotations.NullMarked;
