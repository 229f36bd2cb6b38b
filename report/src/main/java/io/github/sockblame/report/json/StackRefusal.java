// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.json;

import io.github.sockblame.report.Stack;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.exc.MismatchedInputException;

/** A stack that is refused. Its message is in the words of the report, and a user may see it. */
final class StackRefusal extends MismatchedInputException {

    private static final long serialVersionUID = 1L;

    StackRefusal(JsonParser parser, String why) {
        super(parser, why, Stack.class);
    }
}
