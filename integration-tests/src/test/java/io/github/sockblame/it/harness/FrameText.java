// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

/** How a frame of a scenario reads in a report's text. */
public final class FrameText {

    private FrameText() {}

    /** A frame of this method, up to its line number. */
    public static String in(Class<?> program, String method) {
        return program.getName() + "." + method + "(" + program.getSimpleName() + ".java:";
    }
}
