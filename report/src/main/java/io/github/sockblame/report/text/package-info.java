// SPDX-License-Identifier: Apache-2.0
/** The report as text for a terminal; imports the records and nothing else. */
@NullMarked
package io.github.sockblame.report.text;

import org.jspecify.annotations.NullMarked;
