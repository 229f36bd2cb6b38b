// SPDX-License-Identifier: Apache-2.0
/** The benchmarks of JMH. */
@NullMarked
package io.github.sockblame.bench.jmh;

import org.jspecify.annotations.NullMarked;
