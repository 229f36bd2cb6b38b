// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.net.InetAddress;

/**
 * The two ends of a TCP connection, as far as the JDK keeps both: {@code java.net.Socket} does not remember its local
 * address.
 *
 * @param remote remote address
 * @param remotePort remote port
 * @param localPort local port
 */
public record ConnectionEndpoints(InetAddress remote, int remotePort, int localPort) {}
