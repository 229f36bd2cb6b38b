// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import org.jspecify.annotations.Nullable;

/** An owner of hooks that counts what it is told. */
final class Told implements Hooks.Owner {

    int socketsUsed;
    int jmxUsed;
    int hooksMissing;

    @Nullable Thread toldToStop;

    @Nullable Error notReady;

    @Override
    public void socketsAreUsed() {
        socketsUsed++;
        Error error = notReady;
        if (error != null) {
            throw error;
        }
    }

    @Override
    public void jmxIsUsed() {
        jmxUsed++;
    }

    @Override
    public void hooksAreMissing() {
        hooksMissing++;
    }

    @Override
    public void isToldToStop(Thread thread) {
        toldToStop = thread;
    }
}
