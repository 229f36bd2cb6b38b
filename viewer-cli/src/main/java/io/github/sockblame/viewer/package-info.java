// SPDX-License-Identifier: Apache-2.0
/** The command line: one class a verb, each returning its exit status; the only package that knows picocli. */
@NullMarked
package io.github.sockblame.viewer;

import org.jspecify.annotations.NullMarked;
