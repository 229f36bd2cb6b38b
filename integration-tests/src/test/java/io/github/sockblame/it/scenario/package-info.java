// SPDX-License-Identifier: Apache-2.0
/** The watched programs. Each knows nothing of Sockblame, uses loopback only, and ends when its input ends. */
@NullMarked
package io.github.sockblame.it.scenario;

import org.jspecify.annotations.NullMarked;
