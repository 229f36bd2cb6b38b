// SPDX-License-Identifier: Apache-2.0
/** Programs on Netty's transports. */
@NullMarked
package io.github.sockblame.it.scenario.netty;

import org.jspecify.annotations.NullMarked;
