// SPDX-License-Identifier: Apache-2.0
/** What woven JDK code calls: defined into the boot loader, depends on {@code java.base} alone. */
@NullMarked
package io.github.sockblame.probe;

import org.jspecify.annotations.NullMarked;
