// SPDX-License-Identifier: Apache-2.0
/** The ledger's records joined with the kernel's data, by descriptor and inode. Pure: values in, values out. */
@NullMarked
package io.github.sockblame.agent.join;

import org.jspecify.annotations.NullMarked;
