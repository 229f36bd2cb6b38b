// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alarm;

import java.time.Duration;

/** That the kernel refuses descriptors: told when it begins, once a minute while it goes on, and when a minute has passed without. */
final class DescriptorExhaustion {

    private static final Duration BETWEEN = Duration.ofMinutes(1);

    private boolean isActive;
    private long since;
    private long latest;
    private long nextNews;

    /** Whether it was told and has not healed. */
    boolean isActive() {
        return isActive;
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
    Alert.Kind nextKind(long nowMillis) {
        Alert.Kind kind = isActive ? Alert.Kind.LASTS : Alert.Kind.RAISED;
        since = isActive ? since : nowMillis;
        isActive = true;
        return kind;
    }

    /** Whether it is over since the last time that this was asked. */
    boolean checkResolved(long nowMillis) {
        boolean healed = isActive && nowMillis - latest >= BETWEEN.toMillis();
        isActive &= !healed;
        return healed;
    }

    /** From the first refusal to the last. */
    Duration duration() {
        return Duration.ofMillis(latest - since);
    }
}
