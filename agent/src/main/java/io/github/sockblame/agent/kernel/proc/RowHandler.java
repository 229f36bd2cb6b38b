// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.proc;

/** Takes the rows of a table one by one. */
public interface RowHandler {

    /** Reads one row; the fields are valid for this call alone. False if the row is malformed. */
    boolean read(FieldSplitter row);

    /** Returns whether a table with these headings has its columns where this handler expects them. */
    default boolean acceptsHeader(String headings) {
        return true;
    }

    /** Returns whether the rest of the table can be skipped. */
    default boolean isDone() {
        return false;
    }
}
