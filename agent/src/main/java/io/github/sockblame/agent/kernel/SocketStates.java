// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import io.github.sockblame.report.TcpState;
import java.io.IOException;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The TCP state of an own descriptor, asked of the kernel directly: about a microsecond, no file, no descriptor.
 *
 * <p>Safe for use by several threads.
 */
public final class SocketStates {

    private static final String NAME = "getsockopt(TCP_INFO)";

    private final @Nullable SocketOption option;
    private final ByteOrder order;
    private volatile @Nullable String reason;

    SocketStates(@Nullable SocketOption option, ByteOrder order, @Nullable String reason) {
        this.option = option;
        this.order = order;
        this.reason = reason;
    }

    /** States read through this option. */
    public static SocketStates through(SocketOption option) {
        return new SocketStates(option, ByteOrder.nativeOrder(), null);
    }

    /** No states: every answer is null. */
    public static SocketStates unavailable(String reason) {
        return new SocketStates(null, ByteOrder.nativeOrder(), reason);
    }

    /** The state of the TCP socket behind this descriptor; null if there is none, or if it cannot be known. */
    public @Nullable TcpState stateOf(int fd) {
        if (option == null || reason != null) {
            return null;
        }
        try {
            int value = option.read(fd);
            // struct tcp_info begins with the state, one byte.
            return TcpState.ofNumber(order == ByteOrder.LITTLE_ENDIAN ? value & 0xff : value >>> 24);
        } catch (IOException e) {
            return null;
        } catch (VirtualMachineError e) {
            return null; // Of the moment, and not the option's fault: the next question may be answered.
        } catch (Throwable e) {
            // Not the kernel's no but a way that does not work in this JVM. It will not the next time either.
            reason = e.toString();
            return null;
        }
    }

    /** Whether questions are answered at all. */
    public boolean isAvailable() {
        return reason == null;
    }

    /** How this source answers, and if it does not, why. */
    public SourceAnswer answer() {
        String why = reason;
        return new SourceAnswer(NAME, why == null, why);
    }
}
