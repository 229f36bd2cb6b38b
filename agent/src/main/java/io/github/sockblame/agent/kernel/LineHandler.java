// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

/** Takes the lines of a file one by one. */
interface LineHandler {

    /** Reads the line in this range; the bytes are valid for this call alone. False if the line is not understood. */
    boolean read(byte[] bytes, int from, int to);

    /** Whether a file with these headings is one for this reader. */
    default boolean knows(String headings) {
        return true;
    }

    /** Whether the rest of the file is of no interest. */
    default boolean isDone() {
        return false;
    }
}
