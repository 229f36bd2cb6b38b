// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.service;

/** The share of the time that one kind of work on the watch thread may take. */
public final class WatchThreadShare {

    /** The time from the beginning of a piece of work to the next is at least its cost times this number. */
    public static final long DUTY_DIVISOR = 200;

    private WatchThreadShare() {}
}
