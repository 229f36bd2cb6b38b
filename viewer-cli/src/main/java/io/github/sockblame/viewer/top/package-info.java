// SPDX-License-Identifier: Apache-2.0
/** The live screen: what it shows and what keys do to it, without a terminal; and the one class that knows JLine. */
@NullMarked
package io.github.sockblame.viewer.top;

import org.jspecify.annotations.NullMarked;
