// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Where figures of the report came from.
 *
 * @param name {@code /proc/self/net/tcp}, {@code getsockopt(TCP_INFO)}, ...
 * @param used whether it answered
 * @param detail why it did not
 */
public record Source(String name, boolean used, @Nullable String detail) {

    public Source {
        requireNonNull(name, "name");
    }
}
