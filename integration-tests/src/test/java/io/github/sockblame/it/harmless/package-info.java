// SPDX-License-Identifier: Apache-2.0
/** The agent does no harm to the program that it watches. */
@NullMarked
package io.github.sockblame.it.harmless;

import org.jspecify.annotations.NullMarked;
