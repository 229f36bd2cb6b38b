// SPDX-License-Identifier: Apache-2.0
/** Addresses and numbers in the report's notation. */
@NullMarked
package io.github.sockblame.report.net;

import org.jspecify.annotations.NullMarked;
