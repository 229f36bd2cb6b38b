// SPDX-License-Identifier: Apache-2.0
/** Output that several parts of the viewer use: the content of saved reports, and the modes of the terminal. */
@NullMarked
package io.github.sockblame.viewer.save;

import org.jspecify.annotations.NullMarked;
