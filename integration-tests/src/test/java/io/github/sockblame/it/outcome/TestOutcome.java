// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.outcome;

import org.jspecify.annotations.Nullable;

/**
 * What came of one test.
 *
 * @param test the name of its class, a {@code #}, and its own name
 * @param integration whether failsafe ran it
 * @param failed whether it failed each time
 * @param flaky whether it failed, and passed when it ran again
 * @param skipped why it was skipped; null if it was not
 */
record TestOutcome(
        String test,
        boolean integration,
        boolean failed,
        boolean flaky,
        @Nullable String skipped) {

    /** The name of its class without the package. */
    String shortClass() {
        String className = test.substring(0, test.indexOf('#'));
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
