// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Whether one source of the kernel's answered.
 *
 * @param name the file, or {@code getsockopt(TCP_INFO)}
 * @param used whether it answered
 * @param detail in one line, why it did not or what of it was left out; null if there is nothing to say
 */
public record SourceStatus(
        String name, boolean used, @Nullable String detail) {

    public SourceStatus {
        requireNonNull(name, "name");
    }
}
