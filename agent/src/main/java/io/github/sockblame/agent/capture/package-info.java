// SPDX-License-Identifier: Apache-2.0
/** Stacks and endpoints of an event, taken within a budget. Independent of the ledger. */
@NullMarked
package io.github.sockblame.agent.capture;

import org.jspecify.annotations.NullMarked;
