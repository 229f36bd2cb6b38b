// SPDX-License-Identifier: Apache-2.0
/** The benchmarks of JMH, whose states are filled after their construction. Run by section.HotPathSection. */
@NullUnmarked
package io.github.sockblame.bench.jmh;

import org.jspecify.annotations.NullUnmarked;
