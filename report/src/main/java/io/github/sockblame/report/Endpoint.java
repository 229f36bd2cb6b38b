// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One end of a connection: a numeric address, never the name of a host, and a port.
 *
 * @param address numeric IPv4 or IPv6 address without brackets; an IPv4-mapped IPv6 address is given as IPv4. In a redacted report a name
 *     without meaning, like {@code host-1}
 * @param port 0 to 65535; 0 for "any"
 */
public record Endpoint(String address, int port) {

    public Endpoint {
        requireNonNull(address, "address");
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port out of range: " + port);
        }
    }

    /*
     * Written by hand, because the compiler's version initializes java.lang.runtime.ObjectMethods at its first call. If
     * there is no memory at that moment, the JVM can never use that class again, and the program's records need it as
     * well.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Endpoint that && port == that.port && address.equals(that.address);
    }

    @Override
    public int hashCode() {
        return 31 * address.hashCode() + port;
    }

    /** {@code 10.2.3.4:443} or {@code [2001:db8::1]:443}; port 0 is {@code *}, as {@code ss} prints it. */
    public String text() {
        String host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
        return host + ":" + (port == 0 ? "*" : Integer.toString(port));
    }
}
