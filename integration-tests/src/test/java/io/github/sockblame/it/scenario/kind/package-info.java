// SPDX-License-Identifier: Apache-2.0
/** Programs with sockets of each kind that the JDK has. */
@NullMarked
package io.github.sockblame.it.scenario.kind;

import org.jspecify.annotations.NullMarked;
