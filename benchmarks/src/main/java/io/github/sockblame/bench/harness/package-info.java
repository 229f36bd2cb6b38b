// SPDX-License-Identifier: Apache-2.0
/** Forks JVMs by turns, and puts what they tell into one table. Imports nothing of the other packages. */
@NullMarked
package io.github.sockblame.bench.harness;

import org.jspecify.annotations.NullMarked;
