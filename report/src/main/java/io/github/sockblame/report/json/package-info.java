// SPDX-License-Identifier: Apache-2.0
/** The report as JSON: written, read and checked. */
@NullMarked
package io.github.sockblame.report.json;

import org.jspecify.annotations.NullMarked;
