// SPDX-License-Identifier: Apache-2.0
/** Judges one connection: verdict, confidence and the evidence for them. */
@NullMarked
package io.github.sockblame.agent.diagnosis.verdict;

import org.jspecify.annotations.NullMarked;
