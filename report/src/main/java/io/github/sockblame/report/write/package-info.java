// SPDX-License-Identifier: Apache-2.0
/** Writes a report as JSON, piece by piece, with no more memory than a buffer. */
@NullMarked
package io.github.sockblame.report.write;

import org.jspecify.annotations.NullMarked;
