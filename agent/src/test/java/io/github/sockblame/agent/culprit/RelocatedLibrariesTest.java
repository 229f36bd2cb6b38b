// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.culprit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RelocatedLibrariesTest {

    private static final StackTraceElement OWN = frame("com.acme.pay.PaymentClient");

    private final CulpritFinder finder = CulpritFinders.withKnownLibraries();

    @Test
    void nettyIsNoCulpritWhereverItWasMovedTo() {
        assertIsLibrary("io.netty.channel.epoll.EpollEventLoop");
        assertIsLibrary("io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoop");
        assertIsLibrary("com.acme.shaded.io.netty.channel.unix.Socket");
        assertIsLibrary("com.acme.deps.io.netty.channel.unix.Socket");
    }

    @Test
    void shadedLibraryIsNoCulprit() {
        assertIsLibrary("com.acme.shaded.org.apache.http.impl.client.CloseableHttpClient");
        assertIsLibrary("com.acme.shaded.com.other.shaded.okhttp3.internal.connection.RealConnection");
    }

    @Test
    void programCodeWithSimilarNameIsCulprit() {
        for (String name : List.of(
                "com.acme.io.nettyclient.Client",
                "com.acme.netty.Client",
                "com.acme.shaded.Client",
                "com.acme.shaded.com.acme.pay.Client",
                "com.acme.unshaded.io.Client")) {
            assertThat(finder.culprit(List.of(frame(name), OWN))).as(name).isZero();
        }
    }

    private void assertIsLibrary(String name) {
        assertThat(finder.culprit(List.of(frame(name), OWN))).as(name).isEqualTo(1);
    }

    private static StackTraceElement frame(String className) {
        return new StackTraceElement(className, "call", "Source.java", 1);
    }
}
