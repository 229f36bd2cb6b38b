// SPDX-License-Identifier: Apache-2.0
/** The command line: one class per verb, which returns its exit status; the only package that uses picocli. */
@NullMarked
package io.github.sockblame.viewer;

import org.jspecify.annotations.NullMarked;
