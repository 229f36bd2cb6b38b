// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A source of figures in the report.
 *
 * @param name {@code /proc/self/net/tcp}, {@code getsockopt(TCP_INFO)}, ...; also the limits of this JVM, which are
 *     never used
 * @param used whether the agent could read it
 * @param detail the reason if it could not, or what is missing in it
 */
public record Source(String name, boolean used, @Nullable String detail) {

    /** The stacks that the JVM records; such a source is in a report only if the JVM limits them. */
    public static final String STACK_TRACES = "stack traces";

    /** The rows of this process's connections in the kernel's tables; only in a report in which rows are missing. */
    public static final String TCP_ROWS = "rows of connections";

    /** The hooks of the agent; only in a report of an agent whose hooks came late. */
    public static final String HOOKS = "hooks";

    /** The states of sockets, read through their descriptors. */
    public static final String STATES = "getsockopt(TCP_INFO)";

    private static final String TCP_TABLE = "/net/tcp";

    private static final Set<String> LIMITS = Set.of(STACK_TRACES, TCP_ROWS, HOOKS);

    public Source {
        requireNonNull(name, "name");
    }

    /** Returns whether it has the states of TCP sockets. */
    boolean hasStates() {
        return used && (name.equals(STATES) || name.endsWith(TCP_TABLE));
    }

    /** Returns whether the states of sockets could not be read through their descriptors. */
    boolean lacksStates() {
        return !used && name.equals(STATES);
    }

    /** Returns whether this is a limit of this JVM or machine, and not a file or call that failed. */
    public boolean limitsReport() {
        return !used && LIMITS.contains(name);
    }
}
