// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

/**
 * A gap in a stack: frames that the agent omitted because its memory for stacks is limited.
 *
 * @param before index of the frame that the gap precedes, among the frames that are left
 * @param count how many frames are missing there
 */
public record OmittedFrames(int before, int count) {

    public OmittedFrames {
        if (before < 0 || count < 1) {
            throw new IllegalArgumentException(count + " frames omitted before frame " + before);
        }
    }

    /** {@code 640 frames omitted}. */
    public String text() {
        return count + (count == 1 ? " frame" : " frames") + " omitted";
    }
}
