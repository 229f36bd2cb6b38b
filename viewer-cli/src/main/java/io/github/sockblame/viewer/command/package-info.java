// SPDX-License-Identifier: Apache-2.0
/** One class for each verb of the command line; a command returns its exit status. */
@NullMarked
package io.github.sockblame.viewer.command;

import org.jspecify.annotations.NullMarked;
