// SPDX-License-Identifier: Apache-2.0
/** Runs JVMs in turn and prints their figures in one table. Imports nothing of the other packages. */
@NullMarked
package io.github.sockblame.bench.harness;

import org.jspecify.annotations.NullMarked;
