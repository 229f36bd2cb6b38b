// SPDX-License-Identifier: Apache-2.0
/** Programs that leak, and healthy ones beside them. */
@NullMarked
package io.github.sockblame.it.scenario.leak;

import org.jspecify.annotations.NullMarked;
