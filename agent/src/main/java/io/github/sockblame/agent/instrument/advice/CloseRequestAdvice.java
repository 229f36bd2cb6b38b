// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;

/**
 * In {@code implCloseSelectableChannel} and {@code implClose} of the channels, JDK 17 to 28, which run once: the
 * program requests the close. Another thread often closes the descriptor in the end: the last blocked reader, a
 * selector, the Cleaner.
 */
final class CloseRequestAdvice {

    private CloseRequestAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("fd") FileDescriptor fd) {
        SocketProbe.closeRequested(fd, true);
    }
}
