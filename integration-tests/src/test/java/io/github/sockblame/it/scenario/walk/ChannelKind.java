// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** {@link SocketChannel} and {@link ServerSocketChannel}, blocking or with a selector each, over TCP or Unix-domain. */
final class ChannelKind implements Kind {

    private static final Set<Capability> BLOCKING = EnumSet.of(
            Capability.HALF_CLOSE,
            Capability.RESET,
            Capability.BLOCK,
            Capability.INTERRUPT,
            Capability.REGISTER,
            Capability.LOST_WHEN_COLLECTED);
    private static final Set<Capability> SELECTED = EnumSet.of(Capability.HALF_CLOSE, Capability.RESET);
    private static final Set<Capability> UNIX = EnumSet.of(
            Capability.HALF_CLOSE,
            Capability.BLOCK,
            Capability.INTERRUPT,
            Capability.REGISTER,
            Capability.LOST_WHEN_COLLECTED);

    private final boolean selected;
    private final @Nullable Path folder;
    private final AtomicInteger sockets = new AtomicInteger();

    private ChannelKind(boolean selected, @Nullable Path folder) {
        this.selected = selected;
        this.folder = folder;
    }

    static ChannelKind blocking() {
        return new ChannelKind(false, null);
    }

    static ChannelKind selected() {
        return new ChannelKind(true, null);
    }

    /** Unix-domain, with its sockets in this folder. */
    static ChannelKind unix(Path folder) {
        return new ChannelKind(false, folder);
    }

    @Override
    public String name() {
        return (folder != null ? "Unix-domain " : "") + "SocketChannel" + (selected ? " with a selector" : "");
    }

    @Override
    public Family family() {
        return folder == null ? Family.PLAIN : Family.UNIX;
    }

    private Side sideOf(String kind, SocketChannel channel) throws IOException {
        return selected
                ? new OfSelected(kind, channel)
                : new OfChannel(kind, folder == null ? BLOCKING : UNIX, channel);
    }

    @Override
    public Side connect(SocketAddress to) throws IOException {
        return sideOf(name(), SocketChannel.open(to));
    }

    @Override
    public Listener listen() throws IOException {
        ServerSocketChannel channel;
        if (folder == null) {
            channel = ServerSocketChannel.open();
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } else {
            channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            channel.bind(UnixDomainSocketAddress.of(folder.resolve("s" + sockets.incrementAndGet())));
        }
        return selected ? new OfSelectedListener(channel) : new OfListener(channel);
    }

    /** A channel in blocking mode. */
    static class OfChannel extends Side {
        final SocketChannel channel;

        OfChannel(String kind, Set<Capability> abilities, SocketChannel channel) {
            super(kind, abilities);
            this.channel = channel;
        }

        @Override
        void write() throws IOException {
            int unused = channel.write(ByteBuffer.wrap(new byte[1]));
        }

        @Override
        int read() throws IOException {
            // one buffer or several, of either memory
            ByteBuffer[] buffers = {ByteBuffer.allocate(4), ByteBuffer.allocateDirect(4)};
            return local() % 2 == 0 ? channel.read(buffers[0]) : (int) channel.read(buffers);
        }

        @Override
        void closeIt() throws IOException {
            channel.close();
        }

        @Override
        void shutdownOutput() throws IOException {
            channel.shutdownOutput();
        }

        @Override
        void lingerNot() throws IOException {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }

        @Override
        Object object() {
            return channel;
        }

        @Override
        @Nullable SocketAddress localAddress() throws IOException {
            return channel.getLocalAddress();
        }

        @Override
        @Nullable SocketAddress remoteAddress() throws IOException {
            return channel.getRemoteAddress();
        }
    }

    /** A channel with a selector of its own, which flushes the key when the channel is closed. */
    private static final class OfSelected extends OfChannel {
        private final Selector selector;

        OfSelected(String kind, SocketChannel channel) throws IOException {
            super(kind, SELECTED, channel);
            selector = Selector.open();
            channel.configureBlocking(false).register(selector, SelectionKey.OP_READ);
        }

        @Override
        int read() throws IOException {
            int read = super.read();
            while (read == 0) {
                int unused = selector.select();
                read = super.read();
            }
            return read;
        }

        @Override
        void closeIt() throws IOException {
            super.closeIt();
            int unused = selector.selectNow();
            selector.close();
        }
    }

    /** A listener in blocking mode. */
    private class OfListener extends Listener {
        final ServerSocketChannel channel;

        OfListener(ServerSocketChannel channel) {
            super(
                    (folder != null ? "Unix-domain " : "") + "ServerSocketChannel"
                            + (selected ? " with a selector" : ""),
                    selected
                            ? EnumSet.noneOf(Capability.class)
                            : EnumSet.of(
                                    Capability.BLOCK,
                                    Capability.INTERRUPT,
                                    Capability.REGISTER,
                                    Capability.LOST_WHEN_COLLECTED));
            this.channel = channel;
        }

        @Override
        SocketAddress address() throws IOException {
            return channel.getLocalAddress();
        }

        @Override
        Side accept() throws IOException {
            return sideOf(name() + ", accepted", channel.accept());
        }

        @Override
        void closeIt() throws IOException {
            channel.close();
        }

        @Override
        Object object() {
            return channel;
        }
    }

    /** A listener with a selector of its own. */
    private final class OfSelectedListener extends OfListener {
        private final Selector selector;

        OfSelectedListener(ServerSocketChannel channel) throws IOException {
            super(channel);
            selector = Selector.open();
            channel.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        }

        @Override
        Side accept() throws IOException {
            int unused = selector.select();
            return super.accept();
        }

        @Override
        void closeIt() throws IOException {
            super.closeIt();
            int unused = selector.selectNow();
            selector.close();
        }
    }
}
