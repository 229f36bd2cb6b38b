// SPDX-License-Identifier: Apache-2.0
/** Answers file requests of viewers; may import diagnosis, file and report. */
@NullMarked
package io.github.sockblame.agent.request;

import org.jspecify.annotations.NullMarked;
