// SPDX-License-Identifier: Apache-2.0
/** The syntax of the agent's options. The agent reads options by it, and the viewer checks them before it sends them. */
@NullMarked
package io.github.sockblame.report.option;

import org.jspecify.annotations.NullMarked;
