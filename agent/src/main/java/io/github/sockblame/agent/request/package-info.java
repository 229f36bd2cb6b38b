// SPDX-License-Identifier: Apache-2.0
/** Answers to viewers that ask by a file; may import diagnosis, file and report. */
@NullMarked
package io.github.sockblame.agent.request;

import org.jspecify.annotations.NullMarked;
