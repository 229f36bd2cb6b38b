// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.instrument.hook.HookTable;
import io.github.sockblame.agent.instrument.weave.ClassFiles;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HooksTest {

    private final List<Class<?>> loaded = new ArrayList<>(List.of(String.class, HooksTest.class));
    private final List<String> retransformed = new ArrayList<>();
    private final RecordingCallbacks owner = new RecordingCallbacks();
    private @Nullable ClassFileTransformer transformer;
    private @Nullable String stubborn;

    @Test
    void weavesWhatIsLoadedAlreadyAndNothingElse() throws Exception {
        loaded.add(Class.forName("sun.nio.ch.Net"));
        loaded.add(Class.forName("[Lsun.nio.ch.Net;"));
        Hooks hooks = installed();

        assertThat(retransformed).containsExactly("sun.nio.ch.Net");
        assertThat(owner.socketsUsed).isEqualTo(1);
        assertThat(owner.jmxUsed).isZero();
        assertThat(state(hooks, "sun.nio.ch.Net.socket")).isEqualTo(HookState.WOVEN);
        assertThat(state(hooks, "sun.nio.ch.NioSocketImpl.close")).isEqualTo(HookState.WAITING);
        assertThat(hooks.status()).hasSize(HookTable.forJdk(ClassFiles.FEATURE).size());
    }

    @Test
    void waitsIfNothingIsLoaded() throws Exception {
        Hooks hooks = installed();

        assertThat(transformer).isNotNull();
        assertThat(retransformed).isEmpty();
        assertThat(owner.socketsUsed).isZero();
        assertThat(hooks.status()).extracting(Hook::state).containsOnly(HookState.WAITING);
        assertThat(hooks.retry()).isTrue();
        assertThat(retransformed).isEmpty();
    }

    @Test
    void seesThatJmxIsInUse() throws Exception {
        loaded.add(Class.forName("com.sun.jmx.mbeanserver.JmxMBeanServer"));
        Hooks unused = installed();

        assertThat(owner.jmxUsed).isEqualTo(1);
        assertThat(retransformed).isEmpty();
    }

    @Test
    void weavesOnceMoreWhatFailed() throws Exception {
        loaded.add(Class.forName("sun.nio.ch.Net"));
        loaded.add(Class.forName("sun.nio.ch.NioSocketImpl"));
        owner.notReady = new StackOverflowError("deep");
        Hooks hooks = installed();
        assertThat(owner.hooksMissing).isEqualTo(2);
        assertThat(state(hooks, "sun.nio.ch.Net.socket")).isEqualTo(HookState.MISSING);

        owner.notReady = null;
        retransformed.clear();
        assertThat(hooks.retry()).as("all is woven").isTrue();
        assertThat(retransformed).containsExactlyInAnyOrder("sun.nio.ch.Net", "sun.nio.ch.NioSocketImpl");
        assertThat(state(hooks, "sun.nio.ch.Net.socket")).isEqualTo(HookState.WOVEN);

        retransformed.clear();
        hooks.retry();
        assertThat(retransformed).isEmpty();
    }

    @Test
    void weavesWhatWasLoadedPastIt() throws Exception {
        Hooks hooks = installed();
        loaded.add(Class.forName("sun.nio.ch.Net"));
        assertThat(state(hooks, "sun.nio.ch.Net.socket")).isEqualTo(HookState.MISSING);

        assertThat(hooks.retry()).isTrue();
        assertThat(state(hooks, "sun.nio.ch.Net.socket")).isEqualTo(HookState.WOVEN);
    }

    @Test
    void doesNotTryAgainWhatWillFailAgain() throws Exception {
        loaded.add(Class.forName("sun.nio.ch.Net"));
        owner.notReady = new NoSuchFieldError("renamed");
        Hooks hooks = installed();
        retransformed.clear();

        assertThat(hooks.retry()).isTrue();
        assertThat(retransformed).isEmpty();
        assertThat(state(hooks, "sun.nio.ch.Net.socket")).isEqualTo(HookState.MISSING);
    }

    @Test
    void leavesForLaterWhatIsNotDefinedYet() throws Exception {
        Hooks hooks = installed();
        owner.notReady = new StackOverflowError("deep");
        load("sun/nio/ch/Net");
        owner.notReady = null;
        assertThat(hooks.retry()).as("the class is still being defined").isFalse();
        assertThat(retransformed).isEmpty();

        loaded.add(Class.forName("sun.nio.ch.Net"));
        assertThat(hooks.retry()).isTrue();
        assertThat(state(hooks, "sun.nio.ch.Net.socket")).isEqualTo(HookState.WOVEN);
    }

    @Test
    void takesTheHooksOutOfWhatIsLoaded() throws Exception {
        loaded.add(Class.forName("sun.nio.ch.Net"));
        Hooks hooks = installed();
        ClassFileTransformer removed = requireNonNull(transformer);
        retransformed.clear();
        Hooks.Removal removal = hooks.remove();

        assertThat(removal).isEqualTo(new Hooks.Removal(1, List.of()));
        assertThat(transformer).isNull();
        assertThat(retransformed).containsExactly("sun.nio.ch.Net");
        String later = "sun/nio/ch/NioSocketImpl";
        assertThat(removed.transform(null, later, null, null, ClassFiles.of(later)))
                .as("what was on its way into it when it was removed")
                .isNull();
    }

    @Test
    void removalNamesStubbornClassAndRestoresOthers() throws Exception {
        loaded.add(Class.forName("sun.nio.ch.Net"));
        loaded.add(Class.forName("sun.nio.ch.NioSocketImpl"));
        Hooks hooks = installed();
        retransformed.clear();
        stubborn = "sun.nio.ch.Net";
        Hooks.Removal removal = hooks.remove();

        assertThat(removal).isEqualTo(new Hooks.Removal(1, List.of("sun.nio.ch.Net")));
        assertThat(retransformed).contains("sun.nio.ch.NioSocketImpl");
    }

    private void load(String name) throws Exception {
        requireNonNull(transformer).transform(null, name, null, null, ClassFiles.of(name));
    }

    private static HookState state(Hooks hooks, String method) {
        return hooks.status().stream()
                .filter(hook -> hook.method().equals(method))
                .findFirst()
                .orElseThrow()
                .state();
    }

    /** Retransforms by giving the class file to the transformer. */
    private Hooks installed() throws UnmodifiableClassException {
        Hooks hooks = new Hooks(instrumentation());
        hooks.install(owner);
        return hooks;
    }

    private Instrumentation instrumentation() {
        return (Instrumentation) Proxy.newProxyInstance(
                HooksTest.class.getClassLoader(), new Class<?>[] {Instrumentation.class}, this::answer);
    }

    private @Nullable Object answer(Object proxy, Method method, Object[] arguments) throws Exception {
        switch (method.getName()) {
            case "addTransformer":
                assertThat(arguments[1]).as("may retransform").isEqualTo(true);
                transformer = (ClassFileTransformer) arguments[0];
                return null;
            case "removeTransformer":
                assertThat(arguments[0]).isSameAs(transformer);
                transformer = null;
                return true;
            case "getAllLoadedClasses":
                return loaded.toArray(new Class<?>[0]);
            case "retransformClasses":
                for (Class<?> type : (Class<?>[]) arguments[0]) {
                    if (type.getName().equals(stubborn)) {
                        throw new VerifyError("of another agent");
                    }
                    retransformed.add(type.getName());
                    String name = type.getName().replace('.', '/');
                    if (transformer != null) {
                        transformer.transform(null, name, type, null, ClassFiles.of(name));
                    }
                }
                return null;
            default:
                throw new UnsupportedOperationException(method.getName());
        }
    }
}
