// SPDX-License-Identifier: Apache-2.0
/** The interfaces through which a report is requested, and the limit for the work that requests cause. */
@NullMarked
package io.github.sockblame.agent.service;

import org.jspecify.annotations.NullMarked;
