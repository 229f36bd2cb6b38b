// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sockblame.agent.watch.BackgroundTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RepeatedTaskTest {

    private final AtomicInteger runs = new AtomicInteger();
    private final RepeatedTask task = new RepeatedTask(runs::incrementAndGet);

    @Test
    void eachRequestCausesOneRun() {
        task.run();
        assertThat(task.isDue()).isFalse();
        assertThat(runs).hasValue(0);

        task.request();
        assertThat(task.isDue()).isTrue();
        task.run();
        task.run();
        assertThat(task.isDue()).isFalse();
        assertThat(runs).hasValue(1);
    }

    @Test
    void twoTasksAreOneOfWhichEitherMayBeDue() {
        BackgroundTasks both = new BackgroundTasks(BackgroundTask.NONE, task);
        assertThat(both.isDue()).isFalse();
        task.request();

        assertThat(both.isDue()).isTrue();
        both.run();
        assertThat(runs).hasValue(1);
    }

    @Test
    void errorOfTheFirstDoesNotPreventTheSecond() {
        RepeatedTask failing = new RepeatedTask(() -> {
            throw new IllegalStateException("of the first");
        });
        failing.request();
        task.request();

        assertThatThrownBy(() -> new BackgroundTasks(failing, task).run()).hasMessage("of the first");
        assertThat(runs).hasValue(1);
    }
}
