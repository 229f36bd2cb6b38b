// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.report.SocketRow;
import io.github.sockblame.report.Stack;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sockets that may be in sites, by the options include and exclude. The totals have all sockets, whatever is
 * selected.
 */
public final class ReportScope {

    /** All sockets. */
    public static final ReportScope ALL = new ReportScope(List.of(), List.of());

    private final List<ScopeFilter> included;
    private final List<ScopeFilter> excluded;

    private ReportScope(List<ScopeFilter> included, List<ScopeFilter> excluded) {
        this.included = included;
        this.excluded = excluded;
    }

    /** The same, restricted to the sockets in this list; null if that is no list of filters. */
    public @Nullable ReportScope including(String list) {
        List<ScopeFilter> filters = parse(list);
        return filters == null ? null : new ReportScope(filters, excluded);
    }

    /** The same without the sockets in this list; null if that is no list of filters. */
    public @Nullable ReportScope excluding(String list) {
        List<ScopeFilter> filters = parse(list);
        return filters == null ? null : new ReportScope(included, filters);
    }

    private static @Nullable List<ScopeFilter> parse(String list) {
        List<ScopeFilter> filters = new ArrayList<>();
        for (String one : list.split(";", -1)) {
            ScopeFilter filter = ScopeFilter.parse(one.strip());
            if (filter == null) {
                return null;
            }
            filters.add(filter);
        }
        return filters;
    }

    /** Returns whether this socket is selected. */
    boolean includes(SocketRow socket, List<Stack> stacks) {
        return (included.isEmpty() || isAny(included, socket, stacks)) && !isAny(excluded, socket, stacks);
    }

    private static boolean isAny(List<ScopeFilter> filters, SocketRow socket, List<Stack> stacks) {
        for (ScopeFilter filter : filters) {
            if (filter.holds(socket, stacks)) {
                return true;
            }
        }
        return false;
    }
}
