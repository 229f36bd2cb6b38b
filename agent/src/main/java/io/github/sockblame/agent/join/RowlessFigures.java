// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import io.github.sockblame.report.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a TCP socket without a row in the kernel's tables, as in another network namespace, or over: from its
 * descriptor, and from the JDK's object around it.
 *
 * @param remote the remote address in the JDK's object; null if it has none
 * @param recvQ Recv-Q as a row has it: unread bytes, and one more while the FIN is unread; null if unknown
 * @param connect what became of its connect, as far as the kernel shows
 */
public record RowlessFigures(
        @Nullable Endpoint remote, @Nullable Long recvQ, ConnectOutcome connect) {}
