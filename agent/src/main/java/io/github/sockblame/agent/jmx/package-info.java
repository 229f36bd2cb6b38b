// SPDX-License-Identifier: Apache-2.0
/** The MXBean: its implementation and its registration. */
@NullMarked
package io.github.sockblame.agent.jmx;

import org.jspecify.annotations.NullMarked;
