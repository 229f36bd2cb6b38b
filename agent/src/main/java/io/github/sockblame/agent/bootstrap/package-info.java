// SPDX-License-Identifier: Apache-2.0
/** Puts the probe into the boot loader, and opens the JDK packages that the agent needs to the agent alone. */
@NullMarked
package io.github.sockblame.agent.bootstrap;

import org.jspecify.annotations.NullMarked;
