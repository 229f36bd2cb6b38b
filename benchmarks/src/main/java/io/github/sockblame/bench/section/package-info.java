// SPDX-License-Identifier: Apache-2.0
/** What is measured: each section is a class that forks programs and makes rows of the table. Imports harness; programs by name. */
@NullMarked
package io.github.sockblame.bench.section;

import org.jspecify.annotations.NullMarked;
