// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import java.util.List;

/** The hooks in half a line. */
public final class HookSummary {

    private HookSummary() {}

    /** {@code 12 of 19 hooks woven, 7 wait for their class to be loaded}. */
    public static String of(List<Hook> hooks) {
        int woven = 0;
        int waiting = 0;
        for (Hook hook : hooks) {
            woven += hook.state() == HookState.WOVEN ? 1 : 0;
            waiting += hook.state() == HookState.WAITING ? 1 : 0;
        }
        int missing = hooks.size() - woven - waiting;
        StringBuilder text = new StringBuilder();
        text.append(woven).append(" of ").append(hooks.size()).append(" hooks woven");
        if (waiting > 0) {
            text.append(", ").append(waiting).append(" wait for their class to be loaded");
        }
        if (missing > 0) {
            text.append(", ").append(missing).append(" missing");
        }
        return text.toString();
    }
}
