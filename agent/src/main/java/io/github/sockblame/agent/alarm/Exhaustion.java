// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alarm;

import java.time.Duration;

/** That the kernel refuses descriptors: told when it begins, once a minute while it goes on, and when a minute has passed without. */
final class Exhaustion {

    private static final Duration BETWEEN = Duration.ofMinutes(1);

    private boolean lasts;
    private long since;
    private long latest;
    private long nextNews;

    /** Whether it was told and has not healed. */
    boolean lasts() {
        return lasts;
    }

    /** A descriptor was refused; says whether that is news now. */
    boolean onRefusal(long nowMillis) {
        latest = nowMillis;
        if (nowMillis < nextNews) {
            return false;
        }
        nextNews = nowMillis + BETWEEN.toMillis();
        return true;
    }

    /** It is told now. */
    Alert.Kind tell(long nowMillis) {
        Alert.Kind kind = lasts ? Alert.Kind.LASTS : Alert.Kind.RAISED;
        since = lasts ? since : nowMillis;
        lasts = true;
        return kind;
    }

    /** Whether it is over since the last time that this was asked. */
    boolean checkResolved(long nowMillis) {
        boolean healed = lasts && nowMillis - latest >= BETWEEN.toMillis();
        lasts &= !healed;
        return healed;
    }

    /** From the first refusal to the last. */
    Duration lasted() {
        return Duration.ofMillis(latest - since);
    }
}
