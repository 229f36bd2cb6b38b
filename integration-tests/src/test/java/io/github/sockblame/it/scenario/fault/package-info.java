// SPDX-License-Identifier: Apache-2.0
/** Programs in which something fails: the stack, the heap, the descriptors, the agent itself. */
@NullMarked
package io.github.sockblame.it.scenario.fault;

import org.jspecify.annotations.NullMarked;
