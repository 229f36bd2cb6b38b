// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.instrument.hook.HookPoint;
import io.github.sockblame.agent.instrument.hook.HookTable;
import io.github.sockblame.agent.instrument.weave.ClassFiles;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SocketTransformerTest {

    private static final String NET = "sun/nio/ch/Net";

    private final List<HookPoint> hooks = HookTable.forJdk(ClassFiles.FEATURE);
    private final HookStatus check = new HookStatus(hooks, names -> Set.of());
    private final RecordingCallbacks owner = new RecordingCallbacks();
    private final SocketTransformer transformer = new SocketTransformer(hooks, check, owner);

    @Test
    void weavesAHookedClassOnceTheProbeIsThere() {
        byte[] woven = transform(null, NET, ClassFiles.of(NET));

        assertThat(requireNonNull(woven)).isEqualTo(ClassFiles.woven(NET));
        assertThat(owner.socketsUsed).isEqualTo(1);
        assertThat(owner.hooksMissing).isZero();
        assertThat(statesOfNet()).containsOnly(HookState.WOVEN).hasSize(3);
    }

    @Test
    void leavesOtherClassesAlone() {
        assertThat(transform(null, "java/lang/String", new byte[0])).isNull();
        assertThat(transform(null, null, new byte[0])).isNull();
        assertThat(owner.socketsUsed).isZero();
    }

    @Test
    void classOfOtherLoaderStaysUnchanged() {
        assertThat(transform(getClass().getClassLoader(), NET, ClassFiles.of(NET)))
                .isNull();
        assertThat(transform(getClass().getClassLoader(), SocketTransformer.JMX_SERVER, new byte[0]))
                .isNull();
        assertThat(owner.socketsUsed).isZero();
        assertThat(owner.jmxUsed).isZero();
    }

    @Test
    void securityManagerIsAnnouncedBeforeItIsSet() {
        assertThat(transform(null, "java/lang/System$CallersHolder", new byte[0]))
                .isNull();
        assertThat(owner.managersSet).isEqualTo(Runtime.version().feature() < 24 ? 1 : 0);
        assertThat(owner.socketsUsed).isZero();
    }

    @Test
    void tellsThatJmxIsUsed() {
        assertThat(transform(null, SocketTransformer.JMX_SERVER, new byte[0])).isNull();
        assertThat(owner.jmxUsed).isEqualTo(1);
        assertThat(owner.socketsUsed).isZero();
    }

    @Test
    void weavesNothingWithoutTheProbe() {
        owner.notReady = new StackOverflowError("deep");

        assertThat(transform(null, NET, ClassFiles.of(NET))).isNull();
        assertThat(owner.hooksMissing).isEqualTo(1);
        assertThat(statesOfNet()).containsOnly(HookState.MISSING);
        assertThat(check.retryable()).containsExactly("sun.nio.ch.Net");
    }

    @Test
    void weavesTheNextClassAfterTheWeaverCouldNotBeMade() {
        owner.notReady = new OutOfMemoryError("full");
        assertThat(transform(null, NET, ClassFiles.of(NET))).isNull();

        owner.notReady = null;
        assertThat(transform(null, NET, ClassFiles.of(NET))).isNotNull();
        assertThat(statesOfNet()).containsOnly(HookState.WOVEN);
        assertThat(owner.toldToStop).isNull();
    }

    @Test
    void handsOnTheStopOfTheThreadThatWeaves() {
        owner.notReady = new ThreadDeath();

        assertThat(transform(null, NET, ClassFiles.of(NET))).isNull();
        assertThat(owner.toldToStop).isSameAs(Thread.currentThread());
        assertThat(owner.hooksMissing).isEqualTo(1);
    }

    @Test
    void loadsAClassThatCannotBeWovenAsItIs() {
        assertThat(transform(null, NET, new byte[] {1, 2, 3})).isNull();
        assertThat(owner.hooksMissing).isEqualTo(1);
        assertThat(statesOfNet()).containsOnly(HookState.MISSING);
    }

    @Test
    void errorWithoutReadableMessageMarksHooksMissing() {
        owner.notReady = new Error() {
            @Override
            public String getMessage() {
                throw new StackOverflowError();
            }
        };

        assertThat(transform(null, NET, ClassFiles.of(NET))).isNull();
        assertThat(owner.hooksMissing).isEqualTo(1);
        assertThat(statesOfNet()).containsOnly(HookState.MISSING);
    }

    private byte @Nullable [] transform(@Nullable ClassLoader loader, @Nullable String name, byte[] classFile) {
        return transformer.transform(loader, name, null, null, classFile);
    }

    private List<HookState> statesOfNet() {
        return check.hooks().stream()
                .filter(hook -> hook.method().startsWith("sun.nio.ch.Net."))
                .map(Hook::state)
                .toList();
    }
}
