// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import io.github.sockblame.report.Verdict;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The common properties of the connections of one site.
 *
 * @param verdict their verdict
 * @param eof culprit of the stack that read EOF
 * @param opened culprit of the opening stack. For a connection whose opening the agent missed, it is the only
 *     information there is: the remote address, or the port of the listener if it was accepted
 * @param closing culprit of the stack that requested the close
 * @param listener culprit of the stack that opened the listener
 */
record SiteKey(
        Verdict verdict,
        @Nullable Object eof,
        @Nullable Object opened,
        @Nullable Object closing,
        @Nullable Object listener) {

    // by hand, see io.github.sockblame.report.Endpoint
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SiteKey that
                && verdict == that.verdict
                && Objects.equals(eof, that.eof)
                && Objects.equals(opened, that.opened)
                && Objects.equals(closing, that.closing)
                && Objects.equals(listener, that.listener);
    }

    @Override
    public int hashCode() {
        return Objects.hash(verdict, eof, opened, closing, listener);
    }
}
