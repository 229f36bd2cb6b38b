// SPDX-License-Identifier: Apache-2.0
/** Counts the constructions that the project's prose avoids, in comments and documents, and holds the counts to a baseline that only shrinks. */
@NullMarked
package io.github.sockblame.it.prose;

import org.jspecify.annotations.NullMarked;
