// SPDX-License-Identifier: Apache-2.0
/** Builds a report. */
@NullMarked
package io.github.sockblame.agent.reporting;

import org.jspecify.annotations.NullMarked;
