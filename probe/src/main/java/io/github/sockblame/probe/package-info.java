// SPDX-License-Identifier: Apache-2.0
/**
 * The classes that woven JDK code calls. They are defined into the boot loader and depend on {@code java.base} alone.
 */
@NullMarked
package io.github.sockblame.probe;

import org.jspecify.annotations.NullMarked;
