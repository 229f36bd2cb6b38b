// SPDX-License-Identifier: Apache-2.0
/** The report: its records, the verdict words, and the MXBean that returns it. */
@NullMarked
package io.github.sockblame.report;

import org.jspecify.annotations.NullMarked;
