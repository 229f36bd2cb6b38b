// SPDX-License-Identifier: Apache-2.0
/** What a sabotaged agent calls at the beginning of each of its methods. Lives in the boot loader of a watched program. */
@NullMarked
package io.github.sockblame.it.sabotage;

import org.jspecify.annotations.NullMarked;
