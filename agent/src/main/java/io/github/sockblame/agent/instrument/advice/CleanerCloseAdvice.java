// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import net.bytebuddy.asm.Advice;

/**
 * In {@code SocketCleanable.performCleanup}, JDK 17: a classic socket was collected without a close, and its descriptor
 * object with it.
 */
final class CleanerCloseAdvice {

    private CleanerCloseAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("fd") int number) {
        SocketProbe.closedByCleaner(number);
    }
}
