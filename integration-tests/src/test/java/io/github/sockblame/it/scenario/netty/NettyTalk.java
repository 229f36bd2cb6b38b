// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.netty;

import io.github.sockblame.it.scenario.Peer;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** One connection over epoll, from the listener's open to the close of both sides, as often as it is wanted. */
public final class NettyTalk {

    private final EventLoopGroup threads = threads();

    @SuppressWarnings("deprecation") // 4.2 would rather have its new class, which 4.1 lacks
    private static EventLoopGroup threads() {
        return new EpollEventLoopGroup(1, (ThreadFactory) task -> Peer.daemon("event-loop", task));
    }

    public String once() throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        Channel listener = new ServerBootstrap()
                .group(threads)
                .channel(EpollServerSocketChannel.class)
                .childHandler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public boolean isSharable() {
                        return true;
                    }

                    @Override
                    public void channelInactive(ChannelHandlerContext context) {
                        told.complete("told of the end");
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        Channel client = new Bootstrap()
                .group(threads)
                .channel(EpollSocketChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(listener.localAddress())
                .sync()
                .channel();
        Object unused = client.close().sync();
        String said = told.get(20, TimeUnit.SECONDS);
        unused = listener.close().sync();
        return said;
    }
}
