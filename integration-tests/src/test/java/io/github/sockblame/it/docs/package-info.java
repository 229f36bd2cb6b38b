// SPDX-License-Identifier: Apache-2.0
/** The documents' tables and pictures, the jars' content, and the project's own checks. */
@NullMarked
package io.github.sockblame.it.docs;

import org.jspecify.annotations.NullMarked;
