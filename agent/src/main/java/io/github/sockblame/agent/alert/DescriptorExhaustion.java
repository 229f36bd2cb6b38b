// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alert;

import java.time.Duration;

/**
 * The state in which the kernel refuses descriptors. It is reported when it begins, once a minute while it lasts, and
 * after a minute without a refusal.
 */
final class DescriptorExhaustion {

    private static final Duration BETWEEN = Duration.ofMinutes(1);

    private boolean isActive;
    private long since;
    private long latest;
    private long nextNews;

    /** Returns whether it was reported and is not resolved. */
    boolean isActive() {
        return isActive;
    }

    /** Records a refusal, and returns whether it is news. */
    boolean onRefusal(long nowMillis) {
        latest = nowMillis;
        if (nowMillis < nextNews) {
            return false;
        }
        nextNews = nowMillis + BETWEEN.toMillis();
        return true;
    }

    /** Records that it is reported now. */
    Alert.Kind nextKind(long nowMillis) {
        Alert.Kind kind = isActive ? Alert.Kind.ONGOING : Alert.Kind.RAISED;
        since = isActive ? since : nowMillis;
        isActive = true;
        return kind;
    }

    /** Returns whether it has ended since the last call. */
    boolean checkResolved(long nowMillis) {
        boolean resolved = isActive && nowMillis - latest >= BETWEEN.toMillis();
        isActive &= !resolved;
        return resolved;
    }

    /** From the first refusal to the last. */
    Duration duration() {
        return Duration.ofMillis(latest - since);
    }
}
