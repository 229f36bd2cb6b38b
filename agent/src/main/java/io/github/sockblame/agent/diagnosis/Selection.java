// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.report.Socket;
import io.github.sockblame.report.Stack;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Of which sockets the user wants to hear. The totals are of all of them, whatever is selected. */
public final class Selection {

    /** All of them. */
    public static final Selection ALL = new Selection(List.of(), List.of());

    private final List<SocketFilter> included;
    private final List<SocketFilter> excluded;

    private Selection(List<SocketFilter> included, List<SocketFilter> excluded) {
        this.included = included;
        this.excluded = excluded;
    }

    /** The same, and of those only what is in this list; null if that is no list of filters. */
    public @Nullable Selection including(String list) {
        List<SocketFilter> filters = parse(list);
        return filters == null ? null : new Selection(filters, excluded);
    }

    /** The same without what is in this list; null if that is no list of filters. */
    public @Nullable Selection excluding(String list) {
        List<SocketFilter> filters = parse(list);
        return filters == null ? null : new Selection(included, filters);
    }

    private static @Nullable List<SocketFilter> parse(String list) {
        List<SocketFilter> filters = new ArrayList<>();
        for (String one : list.split(";", -1)) {
            SocketFilter filter = SocketFilter.parse(one.strip());
            if (filter == null) {
                return null;
            }
            filters.add(filter);
        }
        return filters;
    }

    /** Whether the user wants to hear of this one. */
    boolean holds(Socket socket, List<Stack> stacks) {
        return (included.isEmpty() || isAny(included, socket, stacks)) && !isAny(excluded, socket, stacks);
    }

    private static boolean isAny(List<SocketFilter> filters, Socket socket, List<Stack> stacks) {
        for (SocketFilter filter : filters) {
            if (filter.holds(socket, stacks)) {
                return true;
            }
        }
        return false;
    }
}
