// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

class ErrorTextTest {

    @Test
    void errorsOfJdkAndAgentHaveTheirMessage() {
        assertThat(ErrorText.of(new IllegalStateException("a message")))
                .isEqualTo("java.lang.IllegalStateException: a message");
        assertThat(ErrorText.of(new OwnException("a message"))).endsWith("OwnException: a message");
    }

    @Test
    void errorOfTheProgramHasItsClassAlone() {
        Throwable theirs = new AssertionFailedError("it overrides toString", "a", "b");
        String name = AssertionFailedError.class.getName();
        assertThat(ErrorText.of(theirs)).isEqualTo(name);

        InternalErrors.count(theirs);
        assertThat(InternalErrors.last()).isEqualTo(name);
    }

    private static final class OwnException extends Exception {

        private static final long serialVersionUID = 1;

        OwnException(String message) {
            super(message);
        }
    }
}
