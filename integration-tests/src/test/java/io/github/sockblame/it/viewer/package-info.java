// SPDX-License-Identifier: Apache-2.0
/** The command line, {@code top} and the page, as a user runs them. */
@NullMarked
package io.github.sockblame.it.viewer;

import org.jspecify.annotations.NullMarked;
