// SPDX-License-Identifier: Apache-2.0
/** The report as one page for a browser; uses the report and JSON, and no other part of the viewer. */
@NullMarked
package io.github.sockblame.viewer.html;

import org.jspecify.annotations.NullMarked;
