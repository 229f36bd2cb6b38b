// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class InternalErrorsTest {

    @Test
    void transientErrorIsRethrown() {
        for (Throwable error : List.of(new StackOverflowError(), new OutOfMemoryError(), new ThreadDeath())) {
            assertThatThrownBy(() -> InternalErrors.rethrowIfTransient(error)).isSameAs(error);
        }
        for (Throwable error : List.of(new NoClassDefFoundError(), new IllegalStateException(), new Error())) {
            assertThatCode(() -> InternalErrors.rethrowIfTransient(error)).doesNotThrowAnyException();
        }
    }

    @Test
    void errorWithoutReadableMessageIsCounted() {
        long before = InternalErrors.total();
        InternalErrors.count(new Error() {
            @Override
            public String getMessage() {
                throw new OutOfMemoryError();
            }
        });
        assertThat(InternalErrors.total() - before).isEqualTo(1);
        assertThat(InternalErrors.last()).startsWith(InternalErrorsTest.class.getName() + "$");
    }

    @Test
    void onlyAStopIsAStop() {
        assertThat(InternalErrors.isThreadDeath(new ThreadDeath())).isTrue();
        assertThat(InternalErrors.isThreadDeath(new Error("ThreadDeath"))).isFalse();
    }
}
