// SPDX-License-Identifier: Apache-2.0
/** Collections of primitive numbers, and of slots by number: no entry has an object of its own. Imports the JDK alone. */
@NullMarked
package io.github.sockblame.agent.collection;

import org.jspecify.annotations.NullMarked;
