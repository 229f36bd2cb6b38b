// SPDX-License-Identifier: Apache-2.0
/** Two reports held against each other, site by site; imports the report alone. */
@NullMarked
package io.github.sockblame.viewer.diff;

import org.jspecify.annotations.NullMarked;
