// SPDX-License-Identifier: Apache-2.0
/**
 * The only reflection into the JDK: private fields and methods that the other packages use through their own
 * interfaces.
 */
@NullMarked
package io.github.sockblame.agent.jdk;

import org.jspecify.annotations.NullMarked;
