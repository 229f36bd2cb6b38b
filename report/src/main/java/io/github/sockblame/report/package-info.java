// SPDX-License-Identifier: Apache-2.0
/** What one reading of ledger and kernel says: the records, the verdict words, their JSON, and the MXBean that hands it out. */
@NullMarked
package io.github.sockblame.report;

import org.jspecify.annotations.NullMarked;
