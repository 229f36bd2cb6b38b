// SPDX-License-Identifier: Apache-2.0
/** Replaces what is private in a report by pseudonyms. */
@NullMarked
package io.github.sockblame.agent.redact;

import org.jspecify.annotations.NullMarked;
