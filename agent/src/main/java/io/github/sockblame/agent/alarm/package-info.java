// SPDX-License-Identifier: Apache-2.0
/** What is worth raising the voice: conditions that the user gave, when they hold, grow and heal, and to whom that is told. */
@NullMarked
package io.github.sockblame.agent.alarm;

import org.jspecify.annotations.NullMarked;
