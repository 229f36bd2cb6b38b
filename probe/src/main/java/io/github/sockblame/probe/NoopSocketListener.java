// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.probe;

import java.io.FileDescriptor;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketImpl;
import java.nio.channels.Channel;
import org.jspecify.annotations.Nullable;

/** Ignores every event. */
final class NoopSocketListener implements SocketListener {

    @Override
    public void opened(FileDescriptor fd) {}

    @Override
    public void connecting(FileDescriptor fd, @Nullable InetAddress remote, int port) {}

    @Override
    public void listening(FileDescriptor fd, int backlog) {}

    @Override
    public void accepted(FileDescriptor listener, FileDescriptor connection) {}

    @Override
    public void accepted(@Nullable FileDescriptor listener, SocketImpl connection) {}

    @Override
    public void descriptorSeen(FileDescriptor fd) {}

    @Override
    public void channelCreated(Object channel, FileDescriptor fd) {}

    @Override
    public void socketImplCreated(SocketImpl implementation, FileDescriptor fd) {}

    @Override
    public void ioCompleted(FileDescriptor fd) {}

    @Override
    public void openFailed(Throwable why) {}

    @Override
    public void asyncReadStarting(Channel channel, FileDescriptor fd, @Nullable Object handler) {}

    @Override
    public void eofRead(FileDescriptor fd) {}

    @Override
    public void tlsEofRead(Socket tlsSocket) {}

    @Override
    public void closeRequested(FileDescriptor fd, boolean open) {}

    @Override
    public void preClosing(FileDescriptor fd) {}

    @Override
    public void closed(FileDescriptor fd) {}

    @Override
    public void closedByCleaner(int number) {}

    @Override
    public void nativeOpened(int number) {}

    @Override
    public void nativeListening(int number, int backlog) {}

    @Override
    public void nativeAccepted(int listener, int connection) {}

    @Override
    public void nativeEofRead(int number, boolean socket) {}

    @Override
    public void nativeClosed(int number) {}
}
