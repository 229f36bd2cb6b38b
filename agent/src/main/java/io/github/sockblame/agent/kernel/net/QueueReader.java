// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import io.github.sockblame.agent.kernel.proc.ProcFile;
import io.github.sockblame.agent.kernel.proc.SourceStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the accept queues of listeners, and remembers the table of each listener: to find that a listener is not in a
 * table takes as long as to find the first connection there.
 *
 * <p>Not for two threads at once.
 */
public final class QueueReader {

    private final ProcFile[] tables;
    private final Map<Long, ProcFile> tableOf = new HashMap<>();

    /** Reads these tables, in this order. */
    public QueueReader(ProcFile... tables) {
        this.tables = tables;
    }

    /** Connections that wait for accept, by inode; listeners without a row are absent. */
    public Map<Long, Long> read(Collection<Long> listeners) {
        tableOf.keySet().retainAll(listeners);
        Map<Long, Long> queues = new HashMap<>();
        for (ProcFile table : tables) {
            List<Long> wanted = new ArrayList<>();
            for (Long listener : listeners) {
                ProcFile known = tableOf.get(listener);
                if (known == null || known == table) {
                    wanted.add(listener);
                }
            }
            if (!wanted.isEmpty()) {
                QueueRows rows = new QueueRows(wanted);
                SourceStatus unused = table.readHead(rows);
                for (Map.Entry<Long, Long> found : rows.queues().entrySet()) {
                    tableOf.put(found.getKey(), table);
                    queues.put(found.getKey(), found.getValue());
                }
            }
        }
        return queues;
    }
}
