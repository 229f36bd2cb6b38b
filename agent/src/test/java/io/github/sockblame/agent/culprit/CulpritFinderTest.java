// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.culprit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.join.JoinFixtures;
import io.github.sockblame.report.Stack;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CulpritFinderTest {

    private final CulpritFinder culprits = CulpritFinders.withKnownLibraries();

    @Test
    void culpritIsFirstFrameOfTheProgram() {
        assertThat(culprits.culprit(frames(
                        "sun.nio.ch.Net.socket:1",
                        "java.net.Socket.connect:2",
                        "okhttp3.internal.Exchange.connect:3",
                        "com.acme.pay.PaymentClient.call:88",
                        "com.acme.Main.main:1")))
                .isEqualTo(3);
    }

    @Test
    void thereMayBeNone() {
        assertThat(culprits.culprit(frames("java.net.Socket.connect:2", "jdk.proxy2.$Proxy5.call:1")))
                .isEqualTo(-1);
        assertThat(culprits.culprit(List.of())).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.Client",
                "io.github.acme.Client",
                "Main",
                "javafriends.Client",
                "sunshine.Client",
                "akkad.Client",
                "com.acme.Client$ProxyHandler",
                "org.springframeworkless.Client",
                "com.sunny.Client",
                "scalable.Client"
            })
    void theProgramsOwnClassesAreNoLibrary(String className) {
        assertThat(culprits.culprit(frames(className + ".call:1"))).isZero();
    }

    @Test
    void finderReadsListsOnce() {
        culprits.readLists();
        CulpritFinder.Lists first = culprits.lists;
        culprits.readLists();

        assertThat(culprits.lists).isNotNull().isSameAs(first);
    }

    @Test
    void onlyTheFramesOnTopAreTheAgents() {
        List<StackTraceElement> frames = frames(
                "io.github.sockblame.agent.capture.CapturedEvent.here:1",
                "io.github.sockblame.probe.SocketProbe.opened:2",
                "sun.nio.ch.Net.socket:3",
                "io.github.sockblame.agent.Else.where:4");

        assertThat(CulpritFinder.withoutAgent(frames)).isEqualTo(frames.subList(2, 4));
        assertThat(CulpritFinder.withoutAgent(frames.subList(0, 2))).isEmpty();
        assertThat(CulpritFinder.withoutAgent(frames("io.github.sockblame.viewer.demo.Shop.run:1")))
                .hasSize(1);
    }

    @Test
    void thePackagesThatTheUserNamesComeFirst() {
        CulpritFinder named = CulpritFinder.of(List.of("com.acme"), List.of("org.own"));
        assertThat(named.culprit(frames(
                        "org.own.Client.call:1",
                        "org.other.Pool.get:2",
                        "com.acme$Main.call:3",
                        "com.acme.Main.main:4")))
                .isEqualTo(2);
        assertThat(named.culprit(
                        frames("java.net.Socket.connect:1", "org.own.Client.call:1", "com.acmeother.Main.main:1")))
                .as("none of the program's packages, so the first that is no library")
                .isEqualTo(2);
        CulpritFinder ownLibrary = CulpritFinder.of(List.of("io.netty.handler.acme"), List.of());
        assertThat(ownLibrary.culprit(frames("io.netty.channel.Channel.read:1", "io.netty.handler.acme.Own.read:2")))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.$Proxy17",
                "com.acme.Client$$EnhancerBySpringCGLIB$$1a2b",
                "com.acme.Client$$SpringCGLIB$$0",
                "com.acme.Client$$FastClassByGuice$$f00",
                "com.acme.Client$ByteBuddy$x1",
                "com.acme.Client$MockitoMock$17",
                "com.acme.Client_ClientProxy",
                "com.acme.Client_$$_jvst5c_0",
                "jdk.proxy2.$Proxy17",
                "jdk.internal.reflect.DirectMethodHandleAccessor",
                "java.lang.invoke.LambdaForm$DMH",
                "kotlin.coroutines.jvm.internal.BaseContinuationImpl",
                "java.lang.VirtualThread"
            })
    void whatIsGeneratedAroundTheProgramsCodeHidesItNot(String className) {
        assertThat(culprits.culprit(frames(className + ".call:1", "com.acme.Client.call:88")))
                .isEqualTo(1);
    }

    @Test
    void libraryStackIsNamedByItsInnermostLibraryFrame() {
        List<StackTraceElement> frames = frames(
                "java.net.Socket.connect:1",
                "okhttp3.internal.Exchange.connect:2",
                "okhttp3.internal.RealCall$AsyncCall.run:3",
                "java.util.concurrent.ThreadPoolExecutor.runWorker:4",
                "java.lang.Thread.run:5");
        assertThat(culprits.culprit(frames)).isEqualTo(-1);
        assertThat(culprits.innermostLibrary(frames)).isEqualTo(1);
        assertThat(culprits.toStack(
                                JoinFixtures.stack("java.net.Socket.connect:1", "okhttp3.internal.Exchange.connect:2"))
                        .culpritOrEntryIndex())
                .isEqualTo(1);
        assertThat(culprits.innermostLibrary(frames("java.net.Socket.connect:1", "java.lang.Thread.run:5")))
                .isNull();
    }

    @Test
    void theTransportsOfNettyNameAStackIfThereIsNothingElse() {
        List<StackTraceElement> transports = frames(
                "java.nio.channels.SocketChannel.open:1",
                "io.netty.channel.socket.nio.NioSocketChannel.newChannel:2",
                "io.netty.bootstrap.Bootstrap.connect:3");
        assertThat(culprits.innermostLibrary(transports)).isEqualTo(1);

        assertThat(culprits.innermostLibrary(frames(
                        "io.netty.channel.socket.nio.NioSocketChannel.newChannel:1",
                        "io.netty.bootstrap.Bootstrap.connect:2",
                        "io.netty.channel.pool.SimpleChannelPool.acquire:3",
                        "io.netty.util.concurrent.FastThreadLocalRunnable.run:4")))
                .isEqualTo(2);
        assertThat(culprits.innermostLibrary(frames(
                        "io.netty.bootstrap.Bootstrap.connect:2",
                        "reactor.netty.transport.TransportConnector.connect:3",
                        "io.netty.util.concurrent.FastThreadLocalRunnable.run:4")))
                .isEqualTo(1);
    }

    @Test
    void theCulpritWentThroughTheInnermostLibraryFrame() {
        Stack through = culprits.toStack(JoinFixtures.stack(
                "java.net.Socket.connect:1",
                "com.acme.Client$$SpringCGLIB$$0.call:2",
                "okhttp3.internal.Exchange.connect:3",
                "okhttp3.internal.Exchange.open:4",
                "com.acme.Client.call:88"));
        assertThat(requireNonNull(through.throughFrame()).text()).startsWith("okhttp3.internal.Exchange.connect(");
        assertThat(requireNonNull(through.culpritFrame()).text()).startsWith("com.acme.Client.call(");

        Stack direct = culprits.toStack(JoinFixtures.stack("java.net.Socket.connect:1", "com.acme.Client.call:88"));
        assertThat(direct.through()).isNull();
        Stack ofLibrary = culprits.toStack(JoinFixtures.stack("okhttp3.internal.Exchange.connect:3"));
        assertThat(ofLibrary.through())
                .as("it stands in the place of the culprit")
                .isNull();
        assertThat(ofLibrary.entry()).isZero();
    }

    private static List<StackTraceElement> frames(String... frames) {
        return JoinFixtures.stack(frames).frames();
    }
}
