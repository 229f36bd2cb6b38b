// SPDX-License-Identifier: Apache-2.0
/** What the tests share: watched JVMs, the viewer as a process, and views of kernel and report. */
@NullMarked
package io.github.sockblame.it.harness;

import org.jspecify.annotations.NullMarked;
