// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import io.github.sockblame.report.SiteIdentity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The selected site. It stays selected in another order and in another report, in which its number may differ. */
final class SiteSelection {

    private @Nullable SiteIdentity selected;

    /** The position of the selected site in these rows; 0 if it is not among them. */
    int index(List<SiteRow> rows) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).key().equals(selected)) {
                return i;
            }
        }
        return 0;
    }

    /** Moves the selection by this number of rows, at most to the first or last one. */
    void move(List<SiteRow> rows, int by) {
        if (!rows.isEmpty()) {
            int to = Math.min(rows.size() - 1, Math.max(0, index(rows) + by));
            selected = rows.get(to).key();
        }
    }

    /** The selected site among these rows; null if it is not among them. */
    @Nullable SiteRow find(List<SiteRow> rows) {
        return rows.stream()
                .filter(row -> row.key().equals(selected))
                .findFirst()
                .orElse(null);
    }
}
