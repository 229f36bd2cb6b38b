// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

/**
 * One end of a connection: a numeric address, never a host name, and a port.
 *
 * @param address numeric IPv4 or IPv6 address without brackets; an IPv4-mapped IPv6 address is given as IPv4
 * @param port 0 to 65535; 0 for "any"
 */
public record Endpoint(String address, int port) {

    public Endpoint {
        requireNonNull(address, "address");
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port out of range: " + port);
        }
    }

    /** {@code 10.2.3.4:443} or {@code [2001:db8::1]:443}; port 0 is {@code *}, as {@code ss} prints it. */
    public String text() {
        String host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
        return host + ":" + (port == 0 ? "*" : Integer.toString(port));
    }
}
