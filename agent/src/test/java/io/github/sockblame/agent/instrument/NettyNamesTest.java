// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.instrument.hook.NettyHookTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NettyNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io/netty/channel/unix/Socket",
                "io/netty/channel/unix/FileDescriptor",
                "io/netty/channel/uring/IoUringServerSocketChannel",
                "io/netty/channel/uring/IoUringServerDomainSocketChannel",
                "io/netty/channel/uring/AbstractIoUringStreamChannel$IoUringStreamUnsafe",
                "io/grpc/netty/shaded/io/netty/channel/unix/Socket",
                "com/acme/shaded/io/netty/channel/unix/FileDescriptor"
            })
    void isHookedUnderAnyPrefix(String name) {
        assertThat(SocketTransformer.isOfNetty(name)).isTrue();
        assertThat(NettyHookTable.hooksOf(name))
                .isNotEmpty()
                .allSatisfy(hook -> assertThat(hook.owner()).isEqualTo(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "t",
                "Socket",
                "java/net/Socket",
                "io/netty/channel/unix/SocketWritableByteChannel",
                "io/netty/channel/unix/UnixChannelOption",
                "io/netty/channel/epoll/LinuxSocket",
                "io/netty/channel/kqueue/BsdSocket",
                "io/netty/channel/epoll/EpollServerSocketChannel",
                "io/netty/channel/uring/AbstractIoUringStreamChannel",
                "com/acme/unix/FileDescriptor"
            })
    void isNotHooked(String name) {
        assertThat(SocketTransformer.isOfNetty(name)).isFalse();
        assertThat(NettyHookTable.hooksOf(name)).isEmpty();
    }
}
