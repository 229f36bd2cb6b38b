// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.proc;

/** Reads rows of {@code self/limits}, and keeps the soft limit of "Max open files". */
public final class DescriptorLimit implements RowHandler {

    private static final int SOFT = 3;

    private long soft = -1;
    private boolean found;

    /** The limit; -1 if it is unlimited or was not found. */
    public long soft() {
        return soft;
    }

    /** Returns whether the file had a row with the limit. */
    public boolean isFound() {
        return found;
    }

    @Override
    public boolean read(FieldSplitter row) {
        if (row.count() <= SOFT || !row.is(0, "Max") || !row.is(1, "open") || !row.is(2, "files")) {
            return true;
        }
        soft = row.decimal(SOFT);
        found = soft >= 0 || row.is(SOFT, "unlimited");
        return found;
    }
}
