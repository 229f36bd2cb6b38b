// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.netty;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.util.concurrent.ThreadFactory;

/** One of Netty's native transports: the classes of its channels, and the threads that serve them. */
record NettyTransport(
        EventLoopGroup threads,
        Class<? extends ServerChannel> listener,
        Class<? extends Channel> client,
        Class<? extends ServerChannel> unixListener,
        Class<? extends Channel> unixClient,
        Class<? extends Channel> datagram) {

    private static final String RING = "io.netty.channel.uring.";

    static NettyTransport named(String name) throws ReflectiveOperationException {
        return name.equals("io_uring") ? ring() : epoll();
    }

    private static NettyTransport epoll() {
        return new NettyTransport(
                new EpollEventLoopGroup(1, NettyTransport::thread),
                EpollServerSocketChannel.class,
                EpollSocketChannel.class,
                EpollServerDomainSocketChannel.class,
                EpollDomainSocketChannel.class,
                EpollDatagramChannel.class);
    }

    /** By reflection, because only Netty 4.2 has it, and these classes run on 4.1 as well. */
    private static NettyTransport ring() throws ReflectiveOperationException {
        Class<?> loop = Class.forName(RING + "IoUringIoHandler");
        Class<?> factory = Class.forName("io.netty.channel.IoHandlerFactory");
        return new NettyTransport(
                Class.forName("io.netty.channel.MultiThreadIoEventLoopGroup")
                        .asSubclass(EventLoopGroup.class)
                        .getConstructor(int.class, ThreadFactory.class, factory)
                        .newInstance(
                                1,
                                (ThreadFactory) NettyTransport::thread,
                                loop.getMethod("newFactory").invoke(null)),
                Class.forName(RING + "IoUringServerSocketChannel").asSubclass(ServerChannel.class),
                Class.forName(RING + "IoUringSocketChannel").asSubclass(Channel.class),
                Class.forName(RING + "IoUringServerDomainSocketChannel").asSubclass(ServerChannel.class),
                Class.forName(RING + "IoUringDomainSocketChannel").asSubclass(Channel.class),
                Class.forName(RING + "IoUringDatagramChannel").asSubclass(Channel.class));
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "event-loop");
        thread.setDaemon(true);
        return thread;
    }
}
