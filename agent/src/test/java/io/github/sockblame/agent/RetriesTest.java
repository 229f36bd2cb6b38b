// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sockblame.agent.instrument.Hooks;
import io.github.sockblame.agent.watch.BackgroundTask;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetriesTest {

    private final List<String> called = new ArrayList<>();
    private final Hooks.HookCallbacks callbacks = (Hooks.HookCallbacks) Proxy.newProxyInstance(
            RetriesTest.class.getClassLoader(),
            new Class<?>[] {Hooks.HookCallbacks.class},
            (self, method, arguments) -> {
                called.add(method.getName());
                return null;
            });

    @Test
    void eachRequestCausesOneRegistration() {
        Retries retries = new Retries(BackgroundTask.NONE, callbacks);
        retries.run();
        assertThat(retries.isDue()).isFalse();
        assertThat(called).isEmpty();

        retries.requestRegistration();
        assertThat(retries.isDue()).isTrue();
        retries.run();
        retries.run();
        assertThat(retries.isDue()).isFalse();
        assertThat(called).containsExactly("onJmxLoaded");
    }

    @Test
    void errorOfTheHooksDoesNotPreventTheRegistration() {
        Retries retries = new Retries(new FailingTask(), callbacks);
        assertThat(retries.isDue()).isTrue();
        retries.requestRegistration();

        assertThatThrownBy(retries::run).hasMessage("of the hooks");
        assertThat(called).containsExactly("onJmxLoaded");
    }

    private static final class FailingTask implements BackgroundTask {

        @Override
        public boolean isDue() {
            return true;
        }

        @Override
        public void run() {
            throw new IllegalStateException("of the hooks");
        }
    }
}
