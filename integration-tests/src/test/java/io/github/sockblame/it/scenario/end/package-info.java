// SPDX-License-Identifier: Apache-2.0
/** Programs that end connections in each possible way. */
@NullMarked
package io.github.sockblame.it.scenario.end;

import org.jspecify.annotations.NullMarked;
