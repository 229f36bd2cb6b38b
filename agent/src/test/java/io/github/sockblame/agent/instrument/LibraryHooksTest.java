// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.instrument.hook.HookPoint;
import io.github.sockblame.agent.instrument.hook.HookedEvent;
import io.github.sockblame.agent.instrument.weave.Weaver;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import java.util.List;
import org.junit.jupiter.api.Test;

class LibraryHooksTest {

    private static final String NAME = "io/netty/channel/unix/Socket";

    private final LibraryHooks hooks = new LibraryHooks();
    private final ClassLoader one = new EmptyLoader();
    private final ClassLoader other = new EmptyLoader();
    private final HookPoint accept = hook("accept");

    @Test
    void thereIsNoRowBeforeAClassIsLoaded() {
        assertThat(hooks.hooks()).isEmpty();
        assertThat(hooks.toRetry()).isEmpty();
    }

    @Test
    void aWovenMethodIsARow() {
        hooks.woven(one, List.of(new Weaver.Hooked(accept, true)));
        assertThat(hooks.hooks())
                .containsExactly(new Hook("io.netty.channel.unix.Socket.accept", "accept", HookState.WOVEN, null));
    }

    @Test
    void theSameClassWovenOnceMoreIsTheSameRow() {
        hooks.woven(one, List.of(new Weaver.Hooked(accept, true)));
        hooks.woven(one, List.of(new Weaver.Hooked(hook("accept"), true)));
        assertThat(hooks.hooks()).extracting(Hook::detail).containsExactly((String) null);
    }

    @Test
    void copiesInSeveralLoadersShareOneRow() {
        hooks.woven(one, List.of(new Weaver.Hooked(accept, true)));
        hooks.woven(other, List.of(new Weaver.Hooked(accept, true)));
        assertThat(hooks.hooks())
                .containsExactly(new Hook(
                        "io.netty.channel.unix.Socket.accept", "accept", HookState.WOVEN, "in 2 class loaders"));
    }

    @Test
    void oneCopyWithoutTheHookMakesTheRowMissing() {
        hooks.woven(one, List.of(new Weaver.Hooked(accept, true)));
        hooks.woven(other, List.of(new Weaver.Hooked(accept, false)));
        assertThat(hooks.hooks()).singleElement().satisfies(row -> {
            assertThat(row.state()).isEqualTo(HookState.MISSING);
            assertThat(row.detail()).isEqualTo("in 1 of 2 class loaders: the class has no such method");
        });
    }

    @Test
    void loaderWithoutProbeIsReportedAndNotRetried() {
        hooks.probeNotSeen(one, List.of(accept, hook("recv").optional()));
        assertThat(hooks.hooks()).singleElement().satisfies(row -> {
            assertThat(row.state()).isEqualTo(HookState.MISSING);
            assertThat(row.detail()).contains("class loader does not see");
        });
        assertThat(hooks.toRetry()).isEmpty();
    }

    @Test
    void aFailedWeavingIsTriedAgainUntilItWorks() {
        hooks.failed(one, List.of(accept), new StackOverflowError("deep"));
        assertThat(hooks.hooks())
                .singleElement()
                .satisfies(row ->
                        assertThat(row.detail()).contains("StackOverflowError").contains("deep"));
        assertThat(hooks.toRetry()).containsExactly("io.netty.channel.unix.Socket");

        hooks.woven(one, List.of(new Weaver.Hooked(accept, true)));
        assertThat(hooks.toRetry()).isEmpty();
        assertThat(hooks.hooks()).extracting(Hook::state).containsExactly(HookState.WOVEN);
    }

    @Test
    void onlyDelegatingLoaderSeesProbe() {
        assertThat(ProbeVisibility.isVisibleTo(LibraryHooksTest.class.getClassLoader()))
                .isTrue();
        assertThat(ProbeVisibility.isVisibleTo(new EmptyLoader())).isFalse();
        assertThat(ProbeVisibility.isVisibleTo(new ClassLoader(null) {
                    @Override
                    protected Class<?> findClass(String name) {
                        throw new IllegalStateException("shut down");
                    }
                }))
                .isFalse();
    }

    private static HookPoint hook(String method) {
        return new HookPoint(NAME, method, 17, 17, HookedEvent.NATIVE_ACCEPT, "([B)I");
    }

    private static final class EmptyLoader extends ClassLoader {
        EmptyLoader() {
            super(null);
        }
    }
}
