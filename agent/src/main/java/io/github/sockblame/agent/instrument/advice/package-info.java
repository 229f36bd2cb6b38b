// SPDX-License-Identifier: Apache-2.0
/** The advices: one line each, a call of the probe. */
@NullMarked
package io.github.sockblame.agent.instrument.advice;

import org.jspecify.annotations.NullMarked;
