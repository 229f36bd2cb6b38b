// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.reporting;

import io.github.sockblame.agent.memory.HeapRoom;
import io.github.sockblame.agent.memory.NoRoomException;
import io.github.sockblame.agent.memory.ReportCost;
import io.github.sockblame.agent.sampling.RetryPause;
import io.github.sockblame.report.Reduction;
import io.github.sockblame.report.ReportDetail;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** Chooses the largest report for which there is memory, before anything of it is read. */
final class ReportRoom {

    private final HeapRoom room;
    private final Runnable pause;

    ReportRoom(HeapRoom room) {
        this(room, new RetryPause(HeapRoom.COLLECTION_PAUSE_MILLIS));
    }

    /** The same with another pause between two attempts. */
    ReportRoom(HeapRoom room, Runnable pause) {
        this.room = room;
        this.pause = pause;
    }

    /**
     * The report that fits.
     *
     * @param detail what it contains
     * @param reservation its memory; the receiver has to close it
     * @param reduction why it contains less than the request; null if it does not
     */
    record Choice(
            ReportDetail detail,
            HeapRoom.Reservation reservation,
            @Nullable Reduction reduction) {}

    /**
     * Chooses, and reserves the memory. If not even the smallest report fits, it tries again for two seconds: a heap is
     * fullest just before a collection.
     *
     * @param most the detail of the request
     * @param sockets about how many there are
     * @throws NoRoomException if not even the smallest report fits
     */
    Choice choose(ReportDetail most, long sockets) {
        Choice choice = tryChoose(most, sockets);
        for (int pauses = 0; choice == null && pauses < HeapRoom.COLLECTION_PAUSES; pauses++) {
            pause.run();
            choice = tryChoose(most, sockets);
        }
        if (choice == null) {
            throw new NoRoomException(cost(ReportDetail.TOTALS, sockets), room.freeBytes());
        }
        return choice;
    }

    private @Nullable Choice tryChoose(ReportDetail most, long sockets) {
        long freeBytes = room.freeBytes();
        for (ReportDetail detail : EnumSet.range(most, ReportDetail.TOTALS)) {
            HeapRoom.Reservation reservation = room.tryReserve(cost(detail, sockets));
            if (reservation != null) {
                Reduction reduction =
                        detail == most ? null : new Reduction(detail, cost(ReportDetail.WHOLE, sockets), freeBytes);
                return new Choice(detail, reservation, reduction);
            }
        }
        return null;
    }

    /** The same for the smallest report, as a reduction of the whole one. */
    Choice chooseTotals(long sockets) {
        Choice choice = choose(ReportDetail.TOTALS, sockets);
        Reduction reduction = new Reduction(ReportDetail.TOTALS, cost(ReportDetail.WHOLE, sockets), room.freeBytes());
        return new Choice(choice.detail(), choice.reservation(), reduction);
    }

    private static long cost(ReportDetail detail, long sockets) {
        return switch (detail) {
            case WHOLE -> ReportCost.ofWhole(sockets);
            case SUMMARY -> ReportCost.ofSummary(sockets);
            case TOTALS -> ReportCost.ofTotals(sockets);
        };
    }
}
