// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.diff;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * By what a site is known again in another report, where it may have another number: that by which the agent made it.
 *
 * @param verdict its verdict
 * @param eof what is to blame in the stack that was told of the end of file; null if none is known
 * @param opened the same of the opening stack
 * @param closing the same of the stack that asked for the close
 * @param listener the same of the stack that opened the listener
 * @param address the most frequent address, if no frame of the program's own tells where they were opened; else null
 */
public record SiteIdentity(
        Verdict verdict,
        @Nullable Frame eof,
        @Nullable Frame opened,
        @Nullable Frame closing,
        @Nullable Frame listener,
        @Nullable Endpoint address) {

    /** The key of a site of this report. */
    public static SiteIdentity of(Report report, Site site) {
        Site.Place opened = site.opened();
        boolean named = opened != null && report.stacks().get(opened.stack()).culpritFrame() != null;
        return new SiteIdentity(
                site.verdict(),
                report.blamed(site.eof()),
                report.blamed(opened),
                report.blamed(site.closing()),
                report.blamed(site.listener()),
                named || site.remotes().isEmpty() ? null : site.remotes().get(0).remote());
    }
}
