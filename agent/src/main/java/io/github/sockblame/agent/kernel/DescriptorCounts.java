// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import io.github.sockblame.agent.kernel.fd.SocketInodes;
import io.github.sockblame.agent.kernel.proc.SourceStatus;
import java.util.List;

/**
 * The descriptors of the process alone, without any table of sockets. That takes some bytes for each.
 *
 * @param sockets inode of each open socket, by descriptor
 * @param open open descriptors of any kind; -1 if unknown
 * @param limit their soft limit; -1 if unknown or unlimited
 * @param sources every source that was read
 */
public record DescriptorCounts(SocketInodes sockets, long open, long limit, List<SourceStatus> sources) {}
