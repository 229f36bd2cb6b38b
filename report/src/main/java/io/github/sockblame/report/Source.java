// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A source of figures in the report.
 *
 * @param name {@code /proc/self/net/tcp}, {@code getsockopt(TCP_INFO)}, ...
 * @param used whether the agent could read it
 * @param detail the reason if it could not
 */
public record Source(String name, boolean used, @Nullable String detail) {

    public Source {
        requireNonNull(name, "name");
    }
}
