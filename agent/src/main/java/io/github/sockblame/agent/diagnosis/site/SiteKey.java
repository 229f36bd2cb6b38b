// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import io.github.sockblame.report.Verdict;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The common properties of the connections of one site.
 *
 * @param verdict their verdict
 * @param leak whether they count as leaked
 * @param eof culprit of the stack that read EOF
 * @param opened culprit of the opening stack. For a connection whose opening the agent missed, it is the only
 *     information there is: the remote address, or the port of the listener if it was accepted
 * @param closing culprit of the stack that requested the close
 * @param listener culprit of the stack that opened the listener
 */
record SiteKey(
        Verdict verdict,
        boolean leak,
        @Nullable Object eof,
        @Nullable Object opened,
        @Nullable Object closing,
        @Nullable Object listener) {

    // by hand, see io.github.sockblame.report.Endpoint
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SiteKey that
                && verdict == that.verdict
                && has(that.leak, that.eof, that.opened, that.closing, that.listener);
    }

    /** Returns whether these are its common properties beside the verdict. */
    boolean has(
            boolean asLeak,
            @Nullable Object anEof,
            @Nullable Object anOpened,
            @Nullable Object aClosing,
            @Nullable Object aListener) {
        return leak == asLeak
                && Objects.equals(eof, anEof)
                && Objects.equals(opened, anOpened)
                && Objects.equals(closing, aClosing)
                && Objects.equals(listener, aListener);
    }

    @Override
    public int hashCode() {
        int hash = verdict.hashCode(); // without the array that Objects.hash makes for each socket
        hash = 31 * hash + Boolean.hashCode(leak);
        hash = 31 * hash + Objects.hashCode(eof);
        hash = 31 * hash + Objects.hashCode(opened);
        hash = 31 * hash + Objects.hashCode(closing);
        return 31 * hash + Objects.hashCode(listener);
    }
}
