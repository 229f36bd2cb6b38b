// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.option;

import io.github.sockblame.report.net.Digits;
import io.github.sockblame.report.net.Network;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The filters of {@code include} and {@code exclude}: {@code com.acme.pay;:8080;10.0.0.0/8}. */
public final class FilterSyntax {

    private FilterSyntax() {}

    /**
     * One filter. Exactly one of the three is set.
     *
     * @param code a package or class; null if it is not that
     * @param network a network; null if it is not that
     * @param port a port; 0 if it is not that
     */
    public record Filter(@Nullable String code, @Nullable Network network, int port) {}

    /**
     * Reads all filters of a list.
     *
     * @throws IllegalArgumentException if it is none; the message is what is expected
     */
    public static List<Filter> parse(String list) {
        List<Filter> filters = new ArrayList<>();
        for (String text : list.split(";", -1)) {
            filters.add(one(text.strip()));
        }
        return filters;
    }

    private static Filter one(String text) {
        int port = text.startsWith(":") ? Digits.parse(text.substring(1), 5, 10) : -1;
        if (port > 0 && port <= 65535) {
            return new Filter(null, null, port);
        }
        Network network = Network.parse(text);
        if (network == null && !PackageName.isValid(text)) {
            throw new IllegalArgumentException("filters such as com.acme.pay;:8080;10.0.0.0/8;2001:db8::1");
        }
        return network == null ? new Filter(text, null, 0) : new Filter(null, network, 0);
    }
}
