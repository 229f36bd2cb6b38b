// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.agent.kernel.SocketOption;
import io.github.sockblame.agent.kernel.SocketStates;
import io.github.sockblame.report.TcpState;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A kernel that answers for the descriptors that a test names. */
final class FakeStates implements SocketOption {

    private final Map<Integer, TcpState> states = new ConcurrentHashMap<>();

    FakeStates put(int fd, TcpState state) {
        states.put(fd, state);
        return this;
    }

    SocketStates asked() {
        return SocketStates.through(this);
    }

    @Override
    public int read(int fd) throws IOException {
        TcpState state = states.get(fd);
        if (state == null) {
            throw new IOException("no TCP socket");
        }
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? state.number() : state.number() << 24;
    }
}
