// SPDX-License-Identifier: Apache-2.0
/** What a saved report is: JSON, or a page. */
@NullMarked
package io.github.sockblame.viewer.save;

import org.jspecify.annotations.NullMarked;
