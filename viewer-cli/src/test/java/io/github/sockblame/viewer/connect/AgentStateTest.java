// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentStateTest {

    @ParameterizedTest
    @CsvSource({
        "watching, true",
        "watching without JMX: refused, true",
        "watching without file requests, false",
        "watching without file requests and without JMX: refused, false"
    })
    void statusHasWhetherFileRequestsAreAnswered(String status, boolean answers) {
        AgentState state = new AgentState("1.0", status);

        assertThat(state.answersFileRequests()).isEqualTo(answers);
        assertThatCode(() -> state.checkWatching(5)).doesNotThrowAnyException();
    }

    @Test
    void agentThatIsBeingDetachedGetsNoRequest() {
        assertThatThrownBy(() -> new AgentState("1.0", "detaching").checkWatching(5))
                .isInstanceOf(CannotAnswerException.class)
                .hasMessageContaining("is being detached");
    }
}
