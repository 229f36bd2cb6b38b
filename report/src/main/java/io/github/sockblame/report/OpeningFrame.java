// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import org.jspecify.annotations.Nullable;

/**
 * The frame that opened the connections of a site, or a socket: the {@linkplain Stack#culpritOrEntryFrame frame to blame} of the opening
 * stack. It answers where a connection comes from. {@link Culprit} answers which code leaked it, and that can be another
 * frame.
 */
public final class OpeningFrame {

    private OpeningFrame() {}

    /** The frame that opened the connections of a site of this report; null if it is unknown. */
    public static @Nullable Frame of(Report report, Site site) {
        return report.culpritOrEntryFrame(site.opened());
    }

    /** The frame that opened a socket of this report; null if it is unknown. */
    public static @Nullable Frame of(Report report, Socket socket) {
        return report.culpritOrEntryFrame(socket.opened());
    }
}
