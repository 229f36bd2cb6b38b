// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The routes to an agent that were tried and are closed, with the reason of each. */
final class ClosedRoutes {

    private final String jvm;
    private final Consumer<String> notices;
    private final List<String> reasons = new ArrayList<>();
    private @Nullable ClosedRouteException last;

    /**
     * None yet.
     *
     * @param jvm the name of the JVM
     * @param notices receives one line for each further route
     */
    ClosedRoutes(String jvm, Consumer<String> notices) {
        this.jvm = jvm;
        this.notices = notices;
    }

    /** Announces that this route is tried because the one before is closed. */
    void announce(Route route) throws CannotAnswerException {
        if (last != null) {
            notices.accept(last.wrong() + ": " + route.notice());
        }
    }

    void add(Route route, ClosedRouteException why) {
        reasons.add(route.label() + ": " + why.getMessage());
        last = why;
    }

    /** Adds a route that the agent has closed; it is not tried. */
    void skip(Route route, String why) {
        reasons.add(route.label() + ": " + why);
    }

    /** The failure for the user: the only reason, or a line for each route. */
    CannotAnswerException toException() {
        if (last != null && reasons.size() == 1) {
            return last;
        }
        return new CannotAnswerException(
                "no route leads to the agent in " + jvm, "the reasons are below", reasons, last);
    }
}
