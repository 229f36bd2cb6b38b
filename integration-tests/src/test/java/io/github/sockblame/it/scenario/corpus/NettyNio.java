// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import io.github.sockblame.it.scenario.Peer;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/** Netty on the JDK's channels. */
@SuppressWarnings("deprecation") // NioEventLoopGroup: the one that 4.1 and 4.2 have
public final class NettyNio {

    private final EventLoopGroup threads = new NioEventLoopGroup(1);

    public static void main(String[] arguments) throws Exception {
        new NettyNio().play();
    }

    private void play() throws Exception {
        Cases cases = new Cases().about("Netty NIO", Channel.class);
        cases.proper("a server with a client that stays", caseScope -> {
                    Channel listener = listen(true, new ChannelInboundHandlerAdapter());
                    return List.of(listener, greet(caseScope, listener));
                })
                .proper("a server whose client leaves", caseScope -> {
                    Channel listener = listen(true, new ChannelInboundHandlerAdapter());
                    greet(caseScope, listener).close();
                    caseScope.awaitCloseWait(0);
                    return listener;
                })
                .proper("a server that answers after the client's half of the end, and closes", caseScope -> {
                    Channel listener = listen(true, new Answers());
                    try (Socket client = greet(caseScope, listener)) {
                        client.shutdownOutput();
                        if (client.getInputStream().readAllBytes().length != 1) {
                            throw new AssertionError("no answer");
                        }
                    }
                    return listener;
                })
                .proper("a client whose server leaves", caseScope -> {
                    Channel channel = connect(caseScope, new ChannelInboundHandlerAdapter());
                    channel.closeFuture().sync();
                    return channel;
                })
                .proper("a server that does not read for a while, from a client that stays", caseScope -> {
                    Channel listener = listen(false, new ChannelInboundHandlerAdapter());
                    return List.of(listener, greet(caseScope, listener));
                })
                .leak(
                        "a server's handler keeps the channel at the client's end",
                        "FORGOTTEN",
                        "NettyNio.listen",
                        caseScope -> {
                            Channel listener = listen(true, new Keeps());
                            greet(caseScope, listener).close();
                            caseScope.awaitCloseWait(1);
                            return listener;
                        })
                .leak(
                        "a client's handler keeps the channel at the server's end",
                        "FORGOTTEN",
                        "NettyNio.connect",
                        caseScope -> {
                            Channel channel = connect(caseScope, new Keeps());
                            caseScope.awaitCloseWait(1);
                            return channel;
                        })
                .leak("a server turns reading off and never on again", "ABANDONED", "NettyNio.listen", caseScope -> {
                    Channel listener = listen(false, new ChannelInboundHandlerAdapter());
                    greet(caseScope, listener).close();
                    caseScope.awaitCloseWait(1);
                    return listener;
                });
        cases.stand();
    }

    private Channel listen(boolean reading, ChannelInboundHandlerAdapter handler) throws InterruptedException {
        return new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, reading)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, handler instanceof Hears)
                .childHandler(initializer(handler))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
    }

    private Channel connect(CaseScope caseScope, ChannelInboundHandlerAdapter handler) throws Exception {
        return new Bootstrap()
                .group(threads)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, handler instanceof Hears)
                .handler(initializer(handler))
                .connect(Peer.leaving(caseScope.inetAddress(), 0).address())
                .sync()
                .channel();
    }

    private static Socket greet(CaseScope caseScope, Channel listener) throws IOException {
        Socket client = caseScope.client((InetSocketAddress) listener.localAddress());
        client.getOutputStream().write(1);
        return client;
    }

    private static ChannelInitializer<Channel> initializer(ChannelInboundHandlerAdapter handler) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(handler);
            }
        };
    }

    /** Is told of the other side's end, and has to close by itself. */
    private abstract static class Hears extends ChannelInboundHandlerAdapter {

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                heard(context);
            }
        }

        abstract void heard(ChannelHandlerContext context);
    }

    /** Writes a byte and closes. */
    private static final class Answers extends Hears {

        @Override
        void heard(ChannelHandlerContext context) {
            Object unused =
                    context.writeAndFlush(Unpooled.wrappedBuffer(new byte[1])).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Does nothing about it. */
    private static final class Keeps extends Hears {

        @Override
        void heard(ChannelHandlerContext context) {}
    }
}
