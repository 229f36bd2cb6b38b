// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileDescriptor;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketProbeTest {

    private final FileDescriptor fd = new FileDescriptor();
    private final List<String> heard = new ArrayList<>();

    @AfterEach
    void deafen() {
        SocketProbe.setListener(SocketListener.NONE);
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
    void onlyAPositiveResultIsAnAcceptedConnection() {
        SocketProbe.setListener(recording());
        for (int result : new int[] {0, -1, -2, -3}) {
            SocketProbe.accepted(result, fd, fd);
        }
        assertThat(heard).isEmpty();
        SocketProbe.accepted(1, fd, fd);
        assertThat(heard).containsExactly("accepted");
    }

    @Test
    void aSocketWithoutDescriptorIsNotClosing() {
        SocketProbe.setListener(recording());
        SocketProbe.closing(null, true);
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

    @Test
    void whatTheListenerThrowsIsCountedAndGoesNoFurther() {
        long before = SocketProbe.errors();
        SocketProbe.setListener(throwing(new StackOverflowError("deep")));
        SocketProbe.opened(fd);
        SocketProbe.accepted(1, fd, fd);
        SocketProbe.passed(fd);
        SocketProbe.readingFor(fd, null);
        SocketProbe.read(fd, -1);
        SocketProbe.closing(fd, true);
        SocketProbe.preClosed(fd);
        SocketProbe.closed(fd);
        SocketProbe.owned(this, fd);
        SocketProbe.collected(7);
        SocketProbe.readClassic(fd, 0);
        SocketProbe.readTls(new Socket(), -1);
        SocketProbe.nativeOpened(7);
        SocketProbe.nativeAccepted(7, 8);
        SocketProbe.nativeRead(7, -1);
        SocketProbe.nativeClosed(7, true);
        assertThat(SocketProbe.errors() - before).isEqualTo(16);
        assertThat(SocketProbe.lastError()).contains("StackOverflowError").contains("deep");
    }

    @Test
    void anErrorThatCannotBePutIntoWordsIsCountedAllTheSame() {
        long before = SocketProbe.errors();
        SocketProbe.failed(new IllegalStateException() {
            @Override
            public String getMessage() {
                throw new OutOfMemoryError();
            }
        });
        assertThat(SocketProbe.errors() - before).isEqualTo(1);
        assertThat(SocketProbe.lastError()).isNull();
    }

    private SocketListener recording() {
        return (SocketListener) Proxy.newProxyInstance(
                SocketListener.class.getClassLoader(), new Class<?>[] {SocketListener.class}, (proxy, method, args) -> {
                    heard.add(method.getName());
                    return null;
                });
    }

    private static SocketListener throwing(Error error) {
        return (SocketListener) Proxy.newProxyInstance(
                SocketListener.class.getClassLoader(), new Class<?>[] {SocketListener.class}, (proxy, method, args) -> {
                    throw error;
                });
    }
}
