// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.instrument.Hooks;
import io.github.sockblame.agent.watch.BackgroundTask;

/** What the watch thread does again after a failure: hooks, and a registration with JMX that lacked memory. */
final class Retries implements BackgroundTask {

    private final BackgroundTask hooks;
    private final Hooks.HookCallbacks callbacks;
    private volatile boolean registrationRequested;

    /**
     * Retries nothing yet.
     *
     * @param callbacks registers on {@link Hooks.HookCallbacks#onJmxLoaded}
     */
    Retries(BackgroundTask hooks, Hooks.HookCallbacks callbacks) {
        this.hooks = hooks;
        this.callbacks = callbacks;
    }

    /** Requests one more registration. Any thread may call this. */
    void requestRegistration() {
        registrationRequested = true;
    }

    @Override
    public boolean isDue() {
        return registrationRequested || hooks.isDue();
    }

    /** An error of the hooks does not prevent the registration. */
    @Override
    public void run() {
        try {
            hooks.run();
        } finally {
            if (registrationRequested) {
                registrationRequested = false;
                callbacks.onJmxLoaded();
            }
        }
    }
}
