// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a site across reports, in which its number may differ: the properties by which the agent groups
 * sockets. The last use and the current operation are not part of it, because they change while the site stays the same.
 *
 * @param verdict its verdict
 * @param possible whether the verdict is a leak that is only possible, and so not counted as one
 * @param eof the culprit frame of the EOF stack; null without one
 * @param opened the same of the opening stack
 * @param closing the same of the stack of the close request
 * @param listener the same of the stack that opened the listener
 * @param address the most frequent address, if the opening stack has no frame of the program and there is no listener;
 *     else null. The clients of a listener come and go
 */
public record SiteIdentity(
        Verdict verdict,
        boolean possible,
        @Nullable Frame eof,
        @Nullable Frame opened,
        @Nullable Frame closing,
        @Nullable Frame listener,
        @Nullable Endpoint address) {

    public SiteIdentity {
        requireNonNull(verdict, "verdict");
    }

    /** Returns whether its connections count as leaked. */
    public boolean isLeak() {
        return verdict.isLeak() && !possible;
    }

    /** The identity of a site of this report. */
    public static SiteIdentity of(Report report, Site site) {
        Site.Place opened = site.opened();
        boolean named = site.listener() != null
                || (opened != null && report.stacks().get(opened.stack()).culpritFrame() != null);
        return new SiteIdentity(
                site.verdict(),
                site.verdict().isLeak() && !site.verdict().isLeak(site.confidence()),
                report.culpritOrEntryFrame(site.eof()),
                report.culpritOrEntryFrame(opened),
                report.culpritOrEntryFrame(site.closing()),
                report.culpritOrEntryFrame(site.listener()),
                named || site.remotes().isEmpty() ? null : site.remotes().get(0).remote());
    }

    // by hand, see Endpoint
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SiteIdentity that
                && verdict == that.verdict
                && possible == that.possible
                && Objects.equals(eof, that.eof)
                && Objects.equals(opened, that.opened)
                && Objects.equals(closing, that.closing)
                && Objects.equals(listener, that.listener)
                && Objects.equals(address, that.address);
    }

    @Override
    public int hashCode() {
        return Objects.hash(verdict, possible, eof, opened, closing, listener, address);
    }
}
