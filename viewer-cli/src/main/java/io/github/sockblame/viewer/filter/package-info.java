// SPDX-License-Identifier: Apache-2.0
/** Which sockets the user wants to see, in the words of {@code ss}. */
@NullMarked
package io.github.sockblame.viewer.filter;

import org.jspecify.annotations.NullMarked;
