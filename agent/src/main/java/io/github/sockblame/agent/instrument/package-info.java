// SPDX-License-Identifier: Apache-2.0
/**
 * The closed list of JDK methods that are hooked, their one-line advices, the transformer, and the self-check. Byte
 * Buddy is used here only.
 */
@NullMarked
package io.github.sockblame.agent.instrument;

import org.jspecify.annotations.NullMarked;
