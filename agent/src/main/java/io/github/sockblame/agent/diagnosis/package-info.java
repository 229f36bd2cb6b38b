// SPDX-License-Identifier: Apache-2.0
/**
 * Joins the ledger's records with the kernel's data, judges, and groups into sites. Pure: no clock, no I/O, no JVM to
 * attach to.
 */
@NullMarked
package io.github.sockblame.agent.diagnosis;

import org.jspecify.annotations.NullMarked;
