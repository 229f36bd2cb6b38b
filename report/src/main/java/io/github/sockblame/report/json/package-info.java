// SPDX-License-Identifier: Apache-2.0
/** The JSON of a report, read and checked; only the viewer carries this. */
@NullMarked
package io.github.sockblame.report.json;

import org.jspecify.annotations.NullMarked;
