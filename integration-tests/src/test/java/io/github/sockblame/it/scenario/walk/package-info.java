// SPDX-License-Identifier: Apache-2.0
/** A random walk through the lives of sockets: every kind that the JDK has, every end, and after each step ledger and kernel must be equal. */
@NullMarked
package io.github.sockblame.it.scenario.walk;

import org.jspecify.annotations.NullMarked;
