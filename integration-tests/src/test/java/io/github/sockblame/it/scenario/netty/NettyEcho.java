// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.netty;

import io.github.sockblame.it.scenario.Checkpoint;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Echoes over a native transport of Netty: TCP, Unix-domain sockets and a datagram. Then one side of two connections goes away, and the
 * other one, which was told so, keeps its channel; in the end all is closed.
 */
public final class NettyEcho {

    private static final ChannelOption<Boolean> STAYS_OPEN = ChannelOption.ALLOW_HALF_CLOSURE;

    private final NettyTransport transport;
    private final List<Channel> held = new ArrayList<>();
    private final Queue<Channel> served = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
    private final BlockingQueue<Channel> answered = new LinkedBlockingQueue<>();
    private final BlockingQueue<Channel> told = new LinkedBlockingQueue<>();

    private NettyEcho(NettyTransport transport) {
        this.transport = transport;
    }

    /**
     * Runs.
     *
     * @param arguments the transport, the path of a Unix-domain socket that does not exist yet, and, if it should open a connection and
     *     stop before it goes on, the name of that checkpoint
     */
    public static void main(String[] arguments) throws Exception {
        NettyEcho echo = new NettyEcho(NettyTransport.named(arguments[0]));
        SocketAddress listener = echo.listen();
        SocketAddress unixListener = echo.unixListen(arguments[1]);
        if (arguments.length > 2) {
            echo.connectEarly(listener);
            Checkpoint.reached(arguments[2]);
        }
        echo.connect(listener);
        echo.unixConnect(unixListener);
        echo.datagram();
        Checkpoint.reached("open");
        echo.clientLeaves(listener);
        echo.serverLeaves(listener);
        Checkpoint.reached("told");
        echo.closeAll();
        Checkpoint.reached("closed", echo);
    }

    private SocketAddress listen() throws InterruptedException {
        return hold(listener(transport.listener())
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .sync()
                        .channel())
                .localAddress();
    }

    private SocketAddress unixListen(String path) throws InterruptedException {
        return hold(listener(transport.unixListener())
                        .bind(new DomainSocketAddress(path))
                        .sync()
                        .channel())
                .localAddress();
    }

    private ServerBootstrap listener(Class<? extends ServerChannel> type) {
        return new ServerBootstrap()
                .group(transport.threads())
                .channel(type)
                .childOption(STAYS_OPEN, true)
                .childHandler(initializer(true));
    }

    private void connectEarly(SocketAddress listener) throws InterruptedException {
        talk(client(transport.client()).connect(listener).sync().channel());
    }

    private void connect(SocketAddress listener) throws InterruptedException {
        talk(client(transport.client()).connect(listener).sync().channel());
    }

    private void unixConnect(SocketAddress listener) throws InterruptedException {
        talk(client(transport.unixClient()).connect(listener).sync().channel());
    }

    private void datagram() throws InterruptedException {
        hold(new Bootstrap()
                .group(transport.threads())
                .channel(transport.datagram())
                .handler(initializer(false))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel());
    }

    private void clientLeaves(SocketAddress listener) throws InterruptedException {
        Channel client = client(transport.client()).connect(listener).sync().channel();
        talk(client);
        client.close().sync();
        expect(told);
    }

    private void serverLeaves(SocketAddress listener) throws InterruptedException {
        accepted.clear();
        talk(client(transport.client()).connect(listener).sync().channel());
        expect(accepted).close().sync();
        expect(told);
    }

    private void closeAll() throws InterruptedException {
        for (Channel channel : held) {
            channel.close().sync();
        }
        for (Channel channel : served) { // Netty 4.2 does not close each of them when its threads end
            channel.close().sync();
        }
        transport.threads().shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }

    private Bootstrap client(Class<? extends Channel> type) {
        return new Bootstrap()
                .group(transport.threads())
                .channel(type)
                .option(STAYS_OPEN, true)
                .handler(initializer(false));
    }

    private void talk(Channel client) throws InterruptedException {
        hold(client);
        client.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {1, 2, 3})).sync();
        expect(answered);
    }

    private Channel hold(Channel channel) {
        held.add(channel);
        return channel;
    }

    private static Channel expect(BlockingQueue<Channel> queue) throws InterruptedException {
        Channel channel = queue.poll(20, TimeUnit.SECONDS);
        if (channel == null) {
            throw new AssertionError("it does not come");
        }
        return channel;
    }

    private ChannelInitializer<Channel> initializer(boolean server) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new Conversation(server));
            }
        };
    }

    /** Sends back what it gets if it is the server's; hears that the other side is gone, and does nothing about it. */
    private final class Conversation extends ChannelInboundHandlerAdapter {
        private final boolean server;

        Conversation(boolean server) {
            this.server = server;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (server) {
                served.add(context.channel());
                accepted.add(context.channel());
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (server) {
                Object unused = context.writeAndFlush(message, context.voidPromise());
            } else {
                answered.add(context.channel());
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                told.add(context.channel());
            }
        }
    }
}
