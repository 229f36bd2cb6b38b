// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.diff;

import static java.util.Objects.requireNonNull;

import io.github.sockblame.report.Site;
import io.github.sockblame.report.SiteIdentity;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The change of a site.
 *
 * @param key its identity
 * @param before how many connections it had; 0 if there was none
 * @param after how many it has; 0 if it is gone
 * @param number its number in the later report; null if it is gone
 * @param latest the site in the later report, or if it is gone in the earlier one; of several with the same key the first
 */
public record SiteChange(
        SiteIdentity key, int before, int after, @Nullable Integer number, Site latest) {

    /** The ways in which a site can change, the most serious first. */
    public enum Kind {
        NEW,
        GROWN,
        SHRUNK,
        GONE,
        UNCHANGED;

        /** The word in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public SiteChange {
        requireNonNull(key, "key");
        requireNonNull(latest, "latest");
    }

    /** The kind of this change. */
    public Kind kind() {
        if (before == after) {
            return Kind.UNCHANGED;
        }
        if (before == 0) {
            return Kind.NEW;
        }
        if (after == 0) {
            return Kind.GONE;
        }
        return after > before ? Kind.GROWN : Kind.SHRUNK;
    }

    /** The number of additional connections; negative if there are fewer. */
    public int growth() {
        return after - before;
    }

    /** Returns whether it is a leak that has grown. */
    public boolean isWorse() {
        return key.isLeak() && growth() > 0;
    }
}
