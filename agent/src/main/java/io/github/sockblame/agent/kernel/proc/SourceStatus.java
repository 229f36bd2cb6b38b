// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.proc;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The success of one source of the kernel.
 *
 * @param name the file, or {@code getsockopt(TCP_INFO)}
 * @param used whether the agent could read it
 * @param detail in one line, the reason if not, or what was left out; null if there is neither
 */
public record SourceStatus(
        String name, boolean used, @Nullable String detail) {

    public SourceStatus {
        requireNonNull(name, "name");
    }
}
