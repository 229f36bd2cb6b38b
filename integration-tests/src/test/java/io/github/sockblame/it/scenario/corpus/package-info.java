// SPDX-License-Identifier: Apache-2.0
/** Programs that leak connections of real libraries on purpose, and others that use the same libraries properly. */
@NullMarked
package io.github.sockblame.it.scenario.corpus;

import org.jspecify.annotations.NullMarked;
