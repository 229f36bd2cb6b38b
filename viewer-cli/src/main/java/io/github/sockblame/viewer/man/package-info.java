// SPDX-License-Identifier: Apache-2.0
/** The manual pages, written from the commands themselves. */
@NullMarked
package io.github.sockblame.viewer.man;

import org.jspecify.annotations.NullMarked;
