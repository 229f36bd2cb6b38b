// SPDX-License-Identifier: Apache-2.0
/** The programs that are run in the forked JVMs, with an agent and without. They import nothing but the JDK and the servers' libraries. */
@NullMarked
package io.github.sockblame.bench.program;

import org.jspecify.annotations.NullMarked;
