// SPDX-License-Identifier: Apache-2.0
/** Stand-ins for the tests: an agent that only answers, programs to carry it, and JVMs forked to run them. */
@NullMarked
package io.github.sockblame.viewer.fake;

import org.jspecify.annotations.NullMarked;
