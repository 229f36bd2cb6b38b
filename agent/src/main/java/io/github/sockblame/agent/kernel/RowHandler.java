// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

/** Takes the rows of a table one by one. */
interface RowHandler {

    /** Reads one row; the fields are valid for this call alone. False if the row is not understood. */
    boolean read(FieldSplitter row);

    /** Whether a table with these headings has its columns where this reader looks for them. */
    default boolean acceptsHeader(String headings) {
        return true;
    }

    /** Whether the rest of the table is of no interest. */
    default boolean isDone() {
        return false;
    }
}
