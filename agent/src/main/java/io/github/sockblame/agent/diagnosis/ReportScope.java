// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.report.SocketRow;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.option.FilterSyntax;
import java.util.ArrayList;
import java.util.List;

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

    /**
     * The same, restricted to the sockets in this list.
     *
     * @throws IllegalArgumentException if the text is no list of filters
     */
    public ReportScope including(String list) {
        return new ReportScope(parse(list), excluded);
    }

    /**
     * The same without the sockets in this list.
     *
     * @throws IllegalArgumentException if the text is no list of filters
     */
    public ReportScope excluding(String list) {
        return new ReportScope(included, parse(list));
    }

    private static List<ScopeFilter> parse(String list) {
        List<ScopeFilter> filters = new ArrayList<>();
        for (FilterSyntax.Filter filter : FilterSyntax.parse(list)) {
            filters.add(ScopeFilter.of(filter));
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
