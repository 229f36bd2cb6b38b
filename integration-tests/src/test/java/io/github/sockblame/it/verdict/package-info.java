// SPDX-License-Identifier: Apache-2.0
/** What the report says of a socket: culprit, verdict, evidence. */
@NullMarked
package io.github.sockblame.it.verdict;

import org.jspecify.annotations.NullMarked;
