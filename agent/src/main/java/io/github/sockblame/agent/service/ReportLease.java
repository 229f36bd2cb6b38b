// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.service;

import io.github.sockblame.agent.memory.HeapRoom;
import io.github.sockblame.report.Report;
import org.jspecify.annotations.Nullable;

/** A report, and the memory that is reserved for it until it is written: its text takes more than the report itself. */
public final class ReportLease implements AutoCloseable {

    private final Report report;
    private final HeapRoom.@Nullable Reservation reservation;

    /**
     * Holds this report.
     *
     * @param reservation ends with the lease; null if the report is small
     */
    public ReportLease(Report report, HeapRoom.@Nullable Reservation reservation) {
        this.report = report;
        this.reservation = reservation;
    }

    /** The report. */
    public Report report() {
        return report;
    }

    @Override
    public void close() {
        if (reservation != null) {
            reservation.close();
        }
    }
}
