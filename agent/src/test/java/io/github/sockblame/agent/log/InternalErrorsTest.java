// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class InternalErrorsTest {

    @Test
    void whatCameOfTheMomentIsThrownOn() {
        for (Throwable error : List.of(new StackOverflowError(), new OutOfMemoryError(), new ThreadDeath())) {
            assertThatThrownBy(() -> InternalErrors.rethrowIfOfTheMoment(error)).isSameAs(error);
        }
        for (Throwable error : List.of(new NoClassDefFoundError(), new IllegalStateException(), new Error())) {
            assertThatCode(() -> InternalErrors.rethrowIfOfTheMoment(error)).doesNotThrowAnyException();
        }
    }

    @Test
    void whatCannotBePutIntoWordsIsCountedAllTheSame() {
        long before = InternalErrors.count();
        InternalErrors.count(new Error() {
            @Override
            public String getMessage() {
                throw new OutOfMemoryError();
            }
        });
        assertThat(InternalErrors.count() - before).isEqualTo(1);
        assertThat(InternalErrors.last()).contains("could not be put into words");
    }

    @Test
    void onlyAStopIsAStop() {
        assertThat(InternalErrors.isStop(new ThreadDeath())).isTrue();
        assertThat(InternalErrors.isStop(new Error("ThreadDeath"))).isFalse();
    }
}
