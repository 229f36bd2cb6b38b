// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SocketProbeTest {

    private final FileDescriptor fd = new FileDescriptor();
    private final List<String> heard = new ArrayList<>();

    @AfterEach
    void deafen() {
        SocketProbe.setListener(SocketListener.NONE);
        SocketProbe.heedUse(false);
        SocketProbe.heedConnect(false);
        SocketProbe.unheard = 0;
    }

    @Test
    void onlyMinusOneIsEndOfFile() {
        SocketProbe.setListener(recording());
        for (long result : new long[] {0, 1, 8192, -2, -3, -4, -5, -6}) {
            SocketProbe.read(fd, result);
        }
        assertThat(heard).isEmpty();
        SocketProbe.read(fd, -1);
        assertThat(heard).containsExactly("endOfFile");
    }

    @Test
    void useIsHeardOnlyWhileItIsHeeded() {
        SocketProbe.setListener(recording());
        SocketProbe.read(fd, 1);
        SocketProbe.readClassic(fd, 1);
        SocketProbe.written(fd);
        assertThat(heard).isEmpty();

        SocketProbe.heedUse(true);
        assertThat(SocketProbe.heedsUse()).isTrue();
        SocketProbe.read(fd, 1);
        SocketProbe.readClassic(fd, 1);
        SocketProbe.written(fd);
        assertThat(heard).containsExactly("used", "used", "used");
        SocketProbe.read(fd, -1);
        assertThat(heard).as("the end is heard once").hasSize(4).endsWith("endOfFile");
    }

    @Test
    void connectsAreHeardOnlyWhileTheyAreHeeded() {
        SocketProbe.setListener(recording());
        SocketProbe.connecting(fd, null, 0);
        assertThat(heard).isEmpty();

        SocketProbe.heedConnect(true);
        SocketProbe.connecting(fd, null, 0);
        assertThat(heard).containsExactly("connecting");
    }

    @Test
    void onlyAPositiveResultIsAnAcceptedConnection() {
        SocketProbe.setListener(recording());
        for (int result : new int[] {0, -1, -2, -3}) {
            SocketProbe.accepted(result, fd, fd, null);
        }
        assertThat(heard).isEmpty();
        SocketProbe.accepted(1, fd, fd, null);
        assertThat(heard).containsExactly("accepted");
    }

    @Test
    @SuppressWarnings("NullAway") // an implementation is not needed for it
    void withoutADescriptorNothingIsHeard() {
        SocketProbe.setListener(recording());
        SocketProbe.closing(null, true);
        SocketProbe.passed(null);
        SocketProbe.owned(this, null);
        SocketProbe.implemented(null, null);
        assertThat(heard).isEmpty();
    }

    @Test
    void aNativeReadIsEndOfFileAtMinusOneAndACompletedOneAtZero() {
        SocketProbe.setListener(recording());
        for (int result : new int[] {0, 1, 8192, -2, -11}) {
            SocketProbe.nativeRead(7, result);
            SocketProbe.nativeReceived(7, result);
        }
        for (int result : new int[] {1, 8192, -1, -125}) {
            SocketProbe.nativeCompleted(7, result);
        }
        assertThat(heard).isEmpty();
        SocketProbe.nativeRead(7, -1);
        SocketProbe.nativeReceived(7, -1);
        SocketProbe.nativeCompleted(7, 0);
        assertThat(heard).containsExactly("nativeEndOfFile", "nativeEndOfFile", "nativeEndOfFile");
    }

    @Test
    void aNativeAcceptOfNothingAndASecondNativeCloseAreNotHeard() {
        SocketProbe.setListener(recording());
        SocketProbe.nativeAccepted(7, -1);
        SocketProbe.nativeClosed(7, false);
        assertThat(heard).isEmpty();
        SocketProbe.nativeAccepted(7, 0);
        SocketProbe.nativeClosed(7, true);
        assertThat(heard).containsExactly("nativeAccepted", "nativeClosed");
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatTheListenerThrowsIsCountedAndGoesNoFurther(String method, Runnable event) {
        for (Throwable error : List.of(
                new StackOverflowError("deep"),
                new OutOfMemoryError("full"),
                new NoClassDefFoundError("unlinked"),
                new IllegalStateException("wrong"),
                new Error("bare"))) {
            long before = SocketProbe.errors();
            SocketProbe.setListener(throwing(error));
            event.run();

            assertThat(SocketProbe.errors() - before).as("%s", error).isEqualTo(1);
            assertThat(SocketProbe.lastError()).isEqualTo(error.toString());
        }
    }

    /** Without the agent the thread would have died of it. */
    @ParameterizedTest
    @MethodSource("events")
    void theStopOfTheThreadPassesAndIsNoErrorOfOurs(String method, Runnable event) {
        long before = SocketProbe.errors();
        ThreadDeath stop = new ThreadDeath();
        SocketProbe.setListener(throwing(stop));

        assertThatThrownBy(event::run).isSameAs(stop);
        assertThat(SocketProbe.errors()).isEqualTo(before);
    }

    @Test
    void everyEventOfTheListenerIsAmongThem() {
        assertThat(events().map(event -> (String) event.get()[0]).distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(SocketListener.class.getMethods())
                        .map(Method::getName)
                        .distinct()
                        .toList());
    }

    @SuppressWarnings("NullAway") // the listeners here do not look at what they are given
    static Stream<Arguments> events() {
        FileDescriptor fd = new FileDescriptor();
        return Stream.of(
                event("listening", () -> SocketProbe.listening(fd, 50)),
                event("opened", () -> SocketProbe.opened(fd, null)),
                event("accepted", () -> SocketProbe.accepted(1, fd, fd, null)),
                event("accepted", () -> SocketProbe.accepted(fd, null, null)),
                event("refused", () -> SocketProbe.opened(null, new IOException())),
                event("refused", () -> SocketProbe.accepted(0, fd, fd, new IOException())),
                event("refused", () -> SocketProbe.accepted(fd, null, new IOException())),
                event("passed", () -> SocketProbe.passed(fd)),
                event("connecting", () -> {
                    SocketProbe.heedConnect(true);
                    SocketProbe.connecting(fd, null, 0);
                }),
                event("owned", () -> SocketProbe.owned(fd, fd)),
                event("implemented", () -> SocketProbe.implemented(null, fd)),
                event("used", () -> heeding(() -> SocketProbe.read(fd, 1))),
                event("used", () -> heeding(() -> SocketProbe.readClassic(fd, 1))),
                event("used", () -> heeding(() -> SocketProbe.written(fd))),
                event("readingFor", () -> SocketProbe.readingFor(new Socket().getChannel(), fd, null)),
                event("endOfFile", () -> SocketProbe.read(fd, -1)),
                event("endOfFile", () -> SocketProbe.readClassic(fd, 0)),
                event("endOfTls", () -> SocketProbe.readTls(new Socket(), -1)),
                event("closing", () -> SocketProbe.closing(fd, true)),
                event("preClosed", () -> SocketProbe.preClosed(fd)),
                event("closed", () -> SocketProbe.closed(fd)),
                event("collected", () -> SocketProbe.collected(7)),
                event("nativeOpened", () -> SocketProbe.nativeOpened(7)),
                event("nativeListening", () -> SocketProbe.nativeListening(7, 50)),
                event("nativeAccepted", () -> SocketProbe.nativeAccepted(7, 8)),
                event("nativeEndOfFile", () -> SocketProbe.nativeRead(7, -1)),
                event("nativeEndOfFile", () -> SocketProbe.nativeReceived(7, -1)),
                event("nativeEndOfFile", () -> SocketProbe.nativeCompleted(7, 0)),
                event("nativeClosed", () -> SocketProbe.nativeClosed(7, true)));
    }

    private static void heeding(Runnable use) {
        SocketProbe.heedUse(true);
        use.run();
    }

    private static Arguments event(String method, Runnable event) {
        return Arguments.of(method, event);
    }

    @Test
    @SuppressWarnings("NonAtomicVolatileUpdate") // as woven code does it
    void whatCouldNotEvenBeToldIsCountedToo() {
        long before = SocketProbe.errors();
        SocketProbe.unheard++;

        assertThat(SocketProbe.errors() - before).isEqualTo(1);
        assertThat(SocketProbe.lastError()).isNotNull();
    }

    @Test
    void anErrorThatCannotBePutIntoWordsIsCountedAllTheSame() {
        long before = SocketProbe.errors();
        SocketProbe.failed(unspeakable());
        assertThat(SocketProbe.errors() - before).isEqualTo(1);
        assertThat(SocketProbe.lastError()).contains("could not be put into words");
    }

    private static Throwable unspeakable() {
        return new IllegalStateException() {
            @Override
            public String getMessage() {
                throw new OutOfMemoryError();
            }
        };
    }

    private SocketListener recording() {
        return (SocketListener) Proxy.newProxyInstance(
                SocketListener.class.getClassLoader(), new Class<?>[] {SocketListener.class}, (proxy, method, args) -> {
                    heard.add(method.getName());
                    return null;
                });
    }

    private static SocketListener throwing(Throwable error) {
        return (SocketListener) Proxy.newProxyInstance(
                SocketListener.class.getClassLoader(), new Class<?>[] {SocketListener.class}, (proxy, method, args) -> {
                    throw error;
                });
    }
}
