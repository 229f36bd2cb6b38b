// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.report.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What the connections of one site have in common.
 *
 * @param verdict their verdict
 * @param eof culprit of the stack that was told of the end of file
 * @param opened culprit of the opening stack; for a connection that nobody saw come to be its remote address, or if it was accepted
 *     the port of the listener: all that is known of it
 * @param closing culprit of the stack that asked for the close
 * @param listener culprit of the stack that opened the listener
 */
record SiteKey(
        Verdict verdict,
        @Nullable Object eof,
        @Nullable Object opened,
        @Nullable Object closing,
        @Nullable Object listener) {}
