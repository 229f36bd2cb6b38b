// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import org.jspecify.annotations.Nullable;

/** An owner of hooks that counts what it is told. */
final class RecordingCallbacks implements Hooks.HookCallbacks {

    int socketsUsed;
    int managersSet;
    int jmxUsed;
    int hooksMissing;

    @Nullable Thread toldToStop;

    @Nullable Error notReady;

    @Override
    public void onFirstSocketClass() {
        socketsUsed++;
        Error error = notReady;
        if (error != null) {
            throw error;
        }
    }

    @Override
    public void onSecurityManager() {
        managersSet++;
    }

    @Override
    public void onJmxLoaded() {
        jmxUsed++;
    }

    @Override
    public void onWeavingFailed() {
        hooksMissing++;
    }

    @Override
    public void stopThread(Thread thread) {
        toldToStop = thread;
    }
}
