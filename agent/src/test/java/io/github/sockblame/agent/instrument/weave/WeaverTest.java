// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.weave;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.instrument.hook.HookPoint;
import io.github.sockblame.agent.instrument.hook.HookTable;
import io.github.sockblame.agent.instrument.hook.HookedEvent;
import io.github.sockblame.agent.instrument.weave.ClassFiles.Code;
import io.github.sockblame.agent.instrument.weave.ClassFiles.Outline;
import io.github.sockblame.probe.SocketProbe;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The weaving of the real classes of the JDK that runs this test. */
class WeaverTest {

    private static final String PROBE = Type.getInternalName(SocketProbe.class) + ".";

    private static final Map<HookedEvent, String> CALLED = Map.ofEntries(
            Map.entry(HookedEvent.OPEN, "opened"),
            Map.entry(HookedEvent.CONNECT, "connecting"),
            Map.entry(HookedEvent.CONNECT_UNIX, "connecting"),
            Map.entry(HookedEvent.CLASSIC_CONNECT, "connecting"),
            Map.entry(HookedEvent.LISTEN, "listening"),
            Map.entry(HookedEvent.BIND, "listening"),
            Map.entry(HookedEvent.ACCEPT, "accepted"),
            Map.entry(HookedEvent.ACCEPT_SOCKET, "accepted"),
            Map.entry(HookedEvent.ACCEPT_ASYNC, "accepted"),
            Map.entry(HookedEvent.DESCRIPTOR_SEEN, "descriptorSeen"),
            Map.entry(HookedEvent.DESCRIPTOR_FIELD_SEEN, "descriptorSeen"),
            Map.entry(HookedEvent.CHANNEL_CREATED, "channelCreated"),
            Map.entry(HookedEvent.READ, "read"),
            Map.entry(HookedEvent.READ_VECTOR, "read"),
            Map.entry(HookedEvent.SOCKET_IMPL_CREATED, "socketImplCreated"),
            Map.entry(HookedEvent.WRITE, "written"),
            Map.entry(HookedEvent.READ_HANDLER, "asyncReadStarting"),
            Map.entry(HookedEvent.READ_TLS, "tlsRead"),
            Map.entry(HookedEvent.CLOSE_REQUEST, "closeRequested"),
            Map.entry(HookedEvent.SOCKET_CLOSE_REQUEST, "closeRequested"),
            Map.entry(HookedEvent.PRE_CLOSE, "preClosing"),
            Map.entry(HookedEvent.CLOSE, "closed"),
            Map.entry(HookedEvent.CLASSIC_OPEN, "opened"),
            Map.entry(HookedEvent.CLASSIC_READ, "legacyRead"),
            Map.entry(HookedEvent.CLASSIC_PRE_CLOSE, "preClosing"),
            Map.entry(HookedEvent.CLASSIC_CLOSE, "closed"),
            Map.entry(HookedEvent.CLOSED_BY_CLEANER, "closedByCleaner"));

    private static final String CONSTRUCTOR = "<init>";

    @Test
    void hookMatchesOneMethodOrAllConstructors() {
        for (HookPoint hook : HookTable.forJdk(ClassFiles.FEATURE)) {
            List<String> found = new ArrayList<>();
            for (String method :
                    ClassFiles.outline(ClassFiles.of(hook.owner())).methods.keySet()) {
                int parameters = method.indexOf('(');
                if (hook.matches(method.substring(0, parameters), method.substring(parameters))) {
                    found.add(method);
                }
            }
            if (hook.methodName().endsWith(CONSTRUCTOR)) {
                assertThat(found).as(hook.methodName()).isNotEmpty();
            } else {
                assertThat(found).as(hook.methodName()).hasSize(1);
            }
        }
    }

    @Test
    void noMethodIsHookedTwice() {
        Set<String> methods = new HashSet<>();
        for (HookPoint hook : HookTable.forJdk(ClassFiles.FEATURE)) {
            assertThat(methods.add(hook.methodName())).as(hook.methodName()).isTrue();
        }
    }

    @Test
    void thereIsAHookForEveryEventOfTheJdk() {
        // the table, not this JDK: the classic implementation is 17's alone
        assertThat(HookTable.forJdk(17))
                .extracting(HookPoint::event)
                .containsAll(EnumSet.range(HookedEvent.OPEN, HookedEvent.CLOSED_BY_CLEANER));
        assertThat(HookTable.forJdk(16)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(ClassFiles.SOURCE)
    void callsTheProbeFromTheHookedMethodsAndFromNoOther(String owner) {
        Outline before = ClassFiles.outline(ClassFiles.of(owner));
        Outline after = ClassFiles.outline(ClassFiles.woven(owner));
        List<HookPoint> hooks = requireNonNull(ClassFiles.hooksByOwner().get(owner));
        Set<String> called = new HashSet<>();
        for (Map.Entry<String, Code> entry : after.methods.entrySet()) {
            Code code = entry.getValue();
            Code original = requireNonNull(before.methods.get(entry.getKey()));
            HookedEvent event = eventOf(hooks, entry.getKey());
            if (event == null) {
                assertThat(code.probeCalls).as(entry.getKey()).isEmpty();
                continue;
            }
            called.add(entry.getKey().startsWith(CONSTRUCTOR) ? CONSTRUCTOR : entry.getKey());
            assertThat(code.probeCalls).as(entry.getKey()).containsOnly(PROBE + CALLED.get(event));
            assertThat(code.handlersOfThrowable)
                    .as("a handler around each call in %s", entry.getKey())
                    .isEqualTo(original.handlersOfThrowable + code.probeCalls.size());
            assertThat(code.calls)
                    .as("where the probe cannot be called, nothing else can")
                    .isEqualTo(original.calls + code.probeCalls.size());
            assertThat(code.invokedynamics).isEqualTo(original.invokedynamics);
            assertThat(code.allocations).isEqualTo(original.allocations);
            assertThat(code.monitors).isEqualTo(original.monitors);
        }
        assertThat(called).hasSameSizeAs(hooks);
    }

    private static @Nullable HookedEvent eventOf(List<HookPoint> hooks, String method) {
        int parameters = method.indexOf('(');
        for (HookPoint hook : hooks) {
            if (hook.matches(method.substring(0, parameters), method.substring(parameters))) {
                return hook.event();
            }
        }
        return null;
    }

    @ParameterizedTest
    @MethodSource(ClassFiles.SOURCE)
    void changesNothingThatARetransformationMayNotChange(String owner) {
        Outline before = ClassFiles.outline(ClassFiles.of(owner));
        Outline after = ClassFiles.outline(ClassFiles.woven(owner));

        assertThat(after.version).isEqualTo(before.version);
        assertThat(after.header).isEqualTo(before.header);
        assertThat(after.fields).isEqualTo(before.fields);
        assertThat(after.signatures()).isEqualTo(before.signatures());
    }

    @ParameterizedTest
    @MethodSource(ClassFiles.SOURCE)
    void weaverReportsHooksOfClass(String owner) {
        List<HookPoint> hooks =
                new ArrayList<>(requireNonNull(ClassFiles.hooksByOwner().get(owner)));
        HookPoint absent = new HookPoint(owner, "vanished", 17, 99, HookedEvent.CLOSE, "()V");
        hooks.add(absent);
        Weaver.Woven woven = new Weaver().weave(ClassFiles.of(owner), hooks);

        assertThat(woven.hooks()).extracting(Weaver.Hooked::hook).isEqualTo(hooks);
        assertThat(woven.hooks()).allMatch(hooked -> hooked.found() == (hooked.hook() != absent));
    }
}
