// SPDX-License-Identifier: Apache-2.0
/** Filters for sockets, in the syntax of {@code ss}. */
@NullMarked
package io.github.sockblame.viewer.filter;

import org.jspecify.annotations.NullMarked;
