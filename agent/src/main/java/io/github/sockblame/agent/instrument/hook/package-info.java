// SPDX-License-Identifier: Apache-2.0
/** What is woven: the closed lists of hooked methods, of the JDK and of Netty. */
@NullMarked
package io.github.sockblame.agent.instrument.hook;

import org.jspecify.annotations.NullMarked;
