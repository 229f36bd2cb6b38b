// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.netty;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Two connections over epoll; the client of one leaves, and the server keeps its side. */
public final class NettyPair {

    private static final CountDownLatch TOLD = new CountDownLatch(1);

    private NettyPair() {}

    public static void main(String[] arguments) throws Exception {
        open();
        Checkpoint.reached("told");
    }

    /** Returns when the server's side was told. */
    @SuppressWarnings("deprecation") // the copy of 4.2 would rather have its new class, which 4.1 lacks
    public static void open() throws Exception {
        EventLoopGroup threads = new EpollEventLoopGroup(1, (ThreadFactory) task -> Peer.daemon("event-loop", task));
        SocketAddress listener = listen(threads);
        Object unused = connect(threads, listener);
        unused = connect(threads, listener).close().sync();
        if (!TOLD.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("not told");
        }
    }

    private static SocketAddress listen(EventLoopGroup threads) throws InterruptedException {
        return new ServerBootstrap()
                .group(threads)
                .channel(EpollServerSocketChannel.class)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new Forgetful())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel()
                .localAddress();
    }

    private static Channel connect(EventLoopGroup threads, SocketAddress listener) throws InterruptedException {
        return new Bootstrap()
                .group(threads)
                .channel(EpollSocketChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(listener)
                .sync()
                .channel();
    }

    /** Hears that the client is gone. */
    @ChannelHandler.Sharable
    private static final class Forgetful extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                TOLD.countDown();
            }
        }
    }
}
