// SPDX-License-Identifier: Apache-2.0
/** The live screen: its state, its keys, its drawing, and the one class that uses JLine. */
@NullMarked
package io.github.sockblame.viewer.top;

import org.jspecify.annotations.NullMarked;
