// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import io.github.sockblame.agent.ledger.TrackedSocket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of one reading of the ledger, ascending by number; the lookups are ascending as well. */
final class RecordCursor {

    private final List<TrackedSocket> records;
    private int next;

    RecordCursor(List<TrackedSocket> records) {
        this.records = records;
    }

    /** The record of this descriptor; null if there is none. */
    @Nullable TrackedSocket at(int fd) {
        while (next < records.size() && records.get(next).fd() < fd) {
            next++;
        }
        return next < records.size() && records.get(next).fd() == fd ? records.get(next) : null;
    }
}
