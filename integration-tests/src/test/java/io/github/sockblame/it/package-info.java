// SPDX-License-Identifier: Apache-2.0
/** Forked JVMs against the real jars: what users are promised, seen from outside. */
@NullMarked
package io.github.sockblame.it;

import org.jspecify.annotations.NullMarked;
