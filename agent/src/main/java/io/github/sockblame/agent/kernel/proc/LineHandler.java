// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.proc;

/** Takes the lines of a file one by one. */
interface LineHandler {

    /** Reads the line in this range; the bytes are valid for this call alone. False if the line is malformed. */
    boolean read(byte[] bytes, int from, int to);

    /** Returns whether this handler can read a file with these headings. */
    default boolean acceptsHeader(String headings) {
        return true;
    }

    /** Returns whether the rest of the file can be skipped. */
    default boolean isDone() {
        return false;
    }
}
