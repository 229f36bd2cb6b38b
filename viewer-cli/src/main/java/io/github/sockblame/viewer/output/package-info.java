// SPDX-License-Identifier: Apache-2.0
/** What the verbs print: the terminal, colours, progress, files. */
@NullMarked
package io.github.sockblame.viewer.output;

import org.jspecify.annotations.NullMarked;
