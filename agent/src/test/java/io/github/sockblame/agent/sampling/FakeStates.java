// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.kernel.SocketStateReader;
import io.github.sockblame.agent.kernel.SocketSyscalls;
import io.github.sockblame.report.TcpState;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A kernel that answers for the descriptors that a test names. */
public final class FakeStates implements SocketSyscalls {

    private static final int IPPROTO_TCP = 6;
    private static final int SO_DOMAIN = 39;
    private static final int AF_INET = 2;

    private static final int POLLHUP = 0x10;
    private static final int POLLRDHUP = 0x2000;

    private final Map<Integer, TcpState> states = new ConcurrentHashMap<>();
    private final Set<Integer> shutDown = ConcurrentHashMap.newKeySet();

    public FakeStates put(int fd, TcpState state) {
        states.put(fd, state);
        return this;
    }

    /** The descriptor had a connection, which is over on both sides. */
    FakeStates shutDown(int fd) {
        shutDown.add(fd);
        return this;
    }

    public SocketStateReader asked() {
        return SocketStateReader.using(this);
    }

    @Override
    public int read(int fd, int level, int option) throws IOException {
        TcpState state = states.get(fd);
        if (state == null) {
            throw new IOException("no TCP socket");
        }
        if (level != IPPROTO_TCP) {
            return option == SO_DOMAIN ? AF_INET : IPPROTO_TCP;
        }
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? state.number() : state.number() << 24;
    }

    @Override
    public int poll(int fd, int events) {
        return shutDown.contains(fd) ? POLLHUP | POLLRDHUP : POLLHUP;
    }
}
