// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's answers about one descriptor that has no row in its tables.
 *
 * @param protocol null if it is no socket, or if the protocol cannot be read
 * @param state null if it is no TCP socket, or if the state cannot be read
 */
public record DescriptorStatus(
        @Nullable Protocol protocol, @Nullable TcpState state) {

    /** Without an answer. */
    public static final DescriptorStatus UNKNOWN = new DescriptorStatus(null, null);
}
