// SPDX-License-Identifier: Apache-2.0
/** Joins what the ledger remembers with what the kernel says, judges, and groups into sites. Pure: no clock, no I/O, no JVM to attach to. */
@NullMarked
package io.github.sockblame.agent.diagnosis;

import org.jspecify.annotations.NullMarked;
