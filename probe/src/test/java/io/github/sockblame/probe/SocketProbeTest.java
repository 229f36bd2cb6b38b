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
        SocketProbe.setIoEventsEnabled(false);
        SocketProbe.setConnectEventsEnabled(false);
        SocketProbe.droppedEvents = 0;
    }

    @Test
    void onlyMinusOneIsEndOfFile() {
        SocketProbe.setListener(recording());
        for (long result : new long[] {0, 1, 8192, -2, -3, -4, -5, -6}) {
            SocketProbe.read(fd, result);
        }
        assertThat(heard).isEmpty();
        SocketProbe.read(fd, -1);
        assertThat(heard).containsExactly("eofRead");
    }

    @Test
    void useIsHeardOnlyWhileItIsHeeded() {
        SocketProbe.setListener(recording());
        SocketProbe.read(fd, 1);
        SocketProbe.legacyRead(fd, 1);
        SocketProbe.written(fd);
        assertThat(heard).isEmpty();

        SocketProbe.setIoEventsEnabled(true);
        assertThat(SocketProbe.ioEventsEnabled()).isTrue();
        SocketProbe.read(fd, 1);
        SocketProbe.legacyRead(fd, 1);
        SocketProbe.written(fd);
        assertThat(heard).containsExactly("ioCompleted", "ioCompleted", "ioCompleted");
        SocketProbe.read(fd, -1);
        assertThat(heard).as("the end is heard once").hasSize(4).endsWith("eofRead");
    }

    @Test
    void connectsAreHeardOnlyWhileTheyAreHeeded() {
        SocketProbe.setListener(recording());
        SocketProbe.connecting(fd, null, 0);
        assertThat(heard).isEmpty();

        SocketProbe.setConnectEventsEnabled(true);
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
        SocketProbe.closeRequested(null, true);
        SocketProbe.descriptorSeen(null);
        SocketProbe.channelCreated(this, null);
        SocketProbe.socketImplCreated(null, null);
        assertThat(heard).isEmpty();
    }

    @Test
    void aNativeReadIsEndOfFileAtMinusOneAndACompletedOneAtZero() {
        SocketProbe.setListener(recording());
        for (int result : new int[] {0, 1, 8192, -2, -11}) {
            SocketProbe.nativeRead(7, result);
            SocketProbe.nativeRecv(7, result);
        }
        for (int result : new int[] {1, 8192, -1, -125}) {
            SocketProbe.nativeRingRead(7, result);
        }
        assertThat(heard).isEmpty();
        SocketProbe.nativeRead(7, -1);
        SocketProbe.nativeRecv(7, -1);
        SocketProbe.nativeRingRead(7, 0);
        assertThat(heard).containsExactly("nativeEofRead", "nativeEofRead", "nativeEofRead");
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
            long before = SocketProbe.errorCount();
            SocketProbe.setListener(throwing(error));
            event.run();

            assertThat(SocketProbe.errorCount() - before).as("%s", error).isEqualTo(1);
            assertThat(SocketProbe.lastError()).isEqualTo(error.toString());
        }
    }

    /** Without the agent the thread would have died of it. */
    @ParameterizedTest
    @MethodSource("events")
    void theStopOfTheThreadPassesAndIsNoErrorOfOurs(String method, Runnable event) {
        long before = SocketProbe.errorCount();
        ThreadDeath stop = new ThreadDeath();
        SocketProbe.setListener(throwing(stop));

        assertThatThrownBy(event::run).isSameAs(stop);
        assertThat(SocketProbe.errorCount()).isEqualTo(before);
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
                event("openFailed", () -> SocketProbe.opened(null, new IOException())),
                event("openFailed", () -> SocketProbe.accepted(0, fd, fd, new IOException())),
                event("openFailed", () -> SocketProbe.accepted(fd, null, new IOException())),
                event("descriptorSeen", () -> SocketProbe.descriptorSeen(fd)),
                event("connecting", () -> {
                    SocketProbe.setConnectEventsEnabled(true);
                    SocketProbe.connecting(fd, null, 0);
                }),
                event("channelCreated", () -> SocketProbe.channelCreated(fd, fd)),
                event("socketImplCreated", () -> SocketProbe.socketImplCreated(null, fd)),
                event("ioCompleted", () -> heeding(() -> SocketProbe.read(fd, 1))),
                event("ioCompleted", () -> heeding(() -> SocketProbe.legacyRead(fd, 1))),
                event("ioCompleted", () -> heeding(() -> SocketProbe.written(fd))),
                event("asyncReadStarting", () -> SocketProbe.asyncReadStarting(new Socket().getChannel(), fd, null)),
                event("eofRead", () -> SocketProbe.read(fd, -1)),
                event("eofRead", () -> SocketProbe.legacyRead(fd, 0)),
                event("tlsEofRead", () -> SocketProbe.tlsRead(new Socket(), -1)),
                event("closeRequested", () -> SocketProbe.closeRequested(fd, true)),
                event("preClosing", () -> SocketProbe.preClosing(fd)),
                event("closed", () -> SocketProbe.closed(fd)),
                event("closedByCleaner", () -> SocketProbe.closedByCleaner(7)),
                event("nativeOpened", () -> SocketProbe.nativeOpened(7)),
                event("nativeListening", () -> SocketProbe.nativeListening(7, 50)),
                event("nativeAccepted", () -> SocketProbe.nativeAccepted(7, 8)),
                event("nativeEofRead", () -> SocketProbe.nativeRead(7, -1)),
                event("nativeEofRead", () -> SocketProbe.nativeRecv(7, -1)),
                event("nativeEofRead", () -> SocketProbe.nativeRingRead(7, 0)),
                event("nativeClosed", () -> SocketProbe.nativeClosed(7, true)));
    }

    private static void heeding(Runnable use) {
        SocketProbe.setIoEventsEnabled(true);
        use.run();
    }

    private static Arguments event(String method, Runnable event) {
        return Arguments.of(method, event);
    }

    @Test
    @SuppressWarnings("NonAtomicVolatileUpdate") // as woven code does it
    void whatCouldNotEvenBeToldIsCountedToo() {
        long before = SocketProbe.errorCount();
        SocketProbe.droppedEvents++;

        assertThat(SocketProbe.errorCount() - before).isEqualTo(1);
        assertThat(SocketProbe.lastError()).isNotNull();
    }

    @Test
    void anErrorThatCannotBePutIntoWordsIsCountedAllTheSame() {
        long before = SocketProbe.errorCount();
        SocketProbe.recordError(unspeakable());
        assertThat(SocketProbe.errorCount() - before).isEqualTo(1);
        assertThat(SocketProbe.lastError()).contains("without a message");
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
