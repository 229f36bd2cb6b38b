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
    private static final int TCP_MAXSEG = 2;
    private static final int SO_DOMAIN = 39;
    private static final int SO_MEMINFO = 55;
    private static final int AF_INET = 2;

    private static final int POLLHUP = 0x10;
    private static final int POLLRDHUP = 0x2000;

    private final Map<Integer, TcpState> states = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> unread = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> queueMemory = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> segmentSizes = new ConcurrentHashMap<>();
    private final Set<Integer> shutDown = ConcurrentHashMap.newKeySet();

    public FakeStates put(int fd, TcpState state) {
        states.put(fd, state);
        return this;
    }

    /** The connection has so many unread bytes, and its receive queue takes so much memory. */
    FakeStates unread(int fd, int bytes, int memory) {
        unread.put(fd, bytes);
        queueMemory.put(fd, memory);
        return this;
    }

    @Override
    public int available(int fd) throws IOException {
        Integer bytes = unread.get(fd);
        if (bytes == null) {
            throw new IOException("not known");
        }
        return bytes;
    }

    /** The descriptor had a connection, which is over on both sides. */
    FakeStates shutDown(int fd) {
        shutDown.add(fd);
        return this;
    }

    /** The connection has segments of this size, in bytes. */
    FakeStates segmentSize(int fd, int bytes) {
        segmentSizes.put(fd, bytes);
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
        if (option == SO_MEMINFO) {
            Integer memory = queueMemory.get(fd);
            if (memory == null || memory < 0) {
                throw new IOException("an older kernel");
            }
            return memory;
        }
        if (level == IPPROTO_TCP && option == TCP_MAXSEG) {
            Integer bytes = segmentSizes.get(fd);
            if (bytes == null) {
                throw new IOException("not known");
            }
            return bytes;
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
