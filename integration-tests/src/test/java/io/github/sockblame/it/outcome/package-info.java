// SPDX-License-Identifier: Apache-2.0
/** What came of the tests of a build: the build fails for a flake that is not known and for a skip that was not expected. */
@NullMarked
package io.github.sockblame.it.outcome;

import org.jspecify.annotations.NullMarked;
