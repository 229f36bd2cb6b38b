// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.reporting;

/** What a {@link ProgramInfo} has read, for tests. */
public final class ProgramInfos {

    private ProgramInfos() {}

    /** Returns whether the start of the process was read. */
    public static boolean isRead(ProgramInfo programInfo) {
        return programInfo.program != null;
    }
}
