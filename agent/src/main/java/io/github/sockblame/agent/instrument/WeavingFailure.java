// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import io.github.sockblame.agent.log.ErrorText;
import io.github.sockblame.agent.log.InternalErrors;

/** The reason why a class could not be woven, in words. */
final class WeavingFailure {

    private static final String FOR_GOOD = "weaving failed: ";
    private static final String FOR_NOW = "weaving failed and is tried again: ";

    private WeavingFailure() {}

    static String of(Throwable why) {
        return (InternalErrors.isTransient(why) ? FOR_NOW : FOR_GOOD).concat(ErrorText.of(why));
    }

    /** Returns whether another try may succeed. A useless try would cost the program its compiled code of the class. */
    static boolean isRetryable(String outcome) {
        return outcome.startsWith(FOR_NOW);
    }
}
