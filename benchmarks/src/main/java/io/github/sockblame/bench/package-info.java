// SPDX-License-Identifier: Apache-2.0
/** The entry: which sections there are, and for how long they run. */
@NullMarked
package io.github.sockblame.bench;

import org.jspecify.annotations.NullMarked;
