// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.instrument.hook.HookPoint;
import io.github.sockblame.agent.instrument.hook.HookedEvent;
import io.github.sockblame.agent.instrument.weave.Weaver;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HookStatusTest {

    private final HookPoint open = hook("java/net/Socket", "open");
    private final HookPoint close = hook("java/net/Socket", "close");
    private final HookPoint read = hook("java/net/ServerSocket", "read");
    private final HookPoint inNoJdk = hook("java/net/Vanished", "read");
    private final Set<String> loaded = new HashSet<>();
    private final HookStatus check = new HookStatus(List.of(open, close, read, inNoJdk), this::among);
    private int questions;

    private Set<String> among(Set<String> names) {
        questions++;
        Set<String> both = new HashSet<>(names);
        both.retainAll(loaded);
        return both;
    }

    private static HookPoint hook(String owner, String method) {
        return new HookPoint(owner, method, 17, 99, HookedEvent.OPEN, "()V");
    }

    @Test
    void aHookWaitsUntilItsClassIsLoaded() {
        assertThat(state(open).state()).isEqualTo(HookState.WAITING);
        assertThat(state(open).detail()).isNull();
        assertThat(state(open).method()).isEqualTo("java.net.Socket.open");
        assertThat(state(open).event()).isEqualTo("open");
    }

    @Test
    void aHookIsWoven() {
        check.woven(List.of(new Weaver.Hooked(open, true), new Weaver.Hooked(close, true)));

        assertThat(state(open).state()).isEqualTo(HookState.WOVEN);
        assertThat(state(open).detail()).isNull();
        assertThat(state(read).state()).isEqualTo(HookState.WAITING);
    }

    @Test
    void aMethodThatTheClassDoesNotHaveIsMissing() {
        check.woven(List.of(new Weaver.Hooked(open, true), new Weaver.Hooked(close, false)));

        assertThat(state(close).state()).isEqualTo(HookState.MISSING);
        assertThat(state(close).detail()).isEqualTo("this JDK's class has no such method");
        loaded.add("java.net.Socket");
        assertThat(check.retryable()).as("another try would not find it").isEmpty();
    }

    @Test
    void aClassThatThisJdkDoesNotHaveIsMissing() {
        assertThat(state(inNoJdk).state()).isEqualTo(HookState.MISSING);
        assertThat(state(inNoJdk).detail()).isEqualTo("this JDK has no class java.net.Vanished");
        assertThat(check.retryable()).isEmpty();
    }

    @Test
    void missedClassIsMissingAndRetried() {
        loaded.add("java.net.Socket");

        assertThat(state(open).state()).isEqualTo(HookState.MISSING);
        assertThat(state(open).detail()).isEqualTo("the class was loaded without passing the agent");
        assertThat(check.retryable()).containsExactly("java.net.Socket");
    }

    @Test
    void aClassThatCannotBeWovenIsMissingForGood() {
        check.failed(List.of(open, close), new IllegalStateException("no such field"));
        assertThat(check.isLate()).as("they never come").isFalse();

        assertThat(state(open).state()).isEqualTo(HookState.MISSING);
        assertThat(state(open).detail()).isEqualTo("weaving failed: java.lang.IllegalStateException: no such field");
        assertThat(check.retryable()).isEmpty();
    }

    @Test
    void failedClassIsMissingAndRetried() {
        check.failed(List.of(open, close), new OutOfMemoryError("full"));
        assertThat(check.isLate()).isTrue();

        assertThat(state(open).state()).isEqualTo(HookState.MISSING);
        assertThat(state(open).detail())
                .isEqualTo("weaving failed and is tried again: java.lang.OutOfMemoryError: full");
        assertThat(check.retryable()).containsExactly("java.net.Socket");

        check.woven(List.of(new Weaver.Hooked(open, true), new Weaver.Hooked(close, true)));
        assertThat(state(open).state()).isEqualTo(HookState.WOVEN);
        assertThat(check.retryable()).isEmpty();
    }

    @Test
    void reportListsLoadedClassesOnce() {
        assertThat(check.hooks()).hasSize(4);
        assertThat(questions).isEqualTo(1);

        check.failed(List.of(open, close, read, inNoJdk), new IllegalStateException());
        assertThat(check.hooks()).hasSize(4);
        assertThat(questions).isEqualTo(1);
    }

    private Hook state(HookPoint hook) {
        return check.hooks().stream()
                .filter(one -> one.method().equals(hook.methodName()))
                .findFirst()
                .orElseThrow();
    }
}
