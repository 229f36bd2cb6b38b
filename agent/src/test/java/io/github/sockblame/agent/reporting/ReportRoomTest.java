// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sockblame.agent.memory.HeapRoom;
import io.github.sockblame.agent.memory.NoRoomException;
import io.github.sockblame.agent.memory.ReportCost;
import io.github.sockblame.agent.memory.SmallHeap;
import io.github.sockblame.report.Reduction;
import io.github.sockblame.report.ReportDetail;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReportRoomTest {

    private static final int SOCKETS = 1000;
    private static final long PROGRAM = 1 << 20;

    /** A heap in which so many bytes are free for the agent. */
    private static ReportRoom with(long freeBytes) {
        return new ReportRoom(room(freeBytes), () -> {});
    }

    private static HeapRoom room(long freeBytes) {
        return SmallHeap.of(PROGRAM + freeBytes, 0);
    }

    @Test
    void theLargestReportThatFitsIsChosen() {
        long whole = ReportCost.ofWhole(SOCKETS);
        long free = whole * 2;
        assertThat(with(free).choose(ReportDetail.WHOLE, SOCKETS).detail()).isEqualTo(ReportDetail.WHOLE);
        assertThat(with(free).choose(ReportDetail.WHOLE, SOCKETS).reduction()).isNull();
        assertThat(with(free).choose(ReportDetail.SUMMARY, SOCKETS).detail()).isEqualTo(ReportDetail.SUMMARY);
        assertThat(with(free).choose(ReportDetail.SUMMARY, SOCKETS).reduction())
                .as("as much as was asked for")
                .isNull();

        long some = ReportCost.ofSummary(SOCKETS);
        assertThat(with(some).choose(ReportDetail.WHOLE, SOCKETS).reduction())
                .isEqualTo(new Reduction(ReportDetail.SUMMARY, whole, some));
        assertThat(with(some).choose(ReportDetail.SUMMARY, SOCKETS).reduction()).isNull();

        long little = ReportCost.ofTotals(SOCKETS);
        assertThat(with(little).choose(ReportDetail.SUMMARY, SOCKETS).reduction())
                .isEqualTo(new Reduction(ReportDetail.TOTALS, whole, little));

        assertThatThrownBy(() -> with(little - 1).choose(ReportDetail.WHOLE, SOCKETS))
                .isInstanceOf(NoRoomException.class)
                .hasMessageMatching("not enough memory for any report: the smallest one needs about [0-9]+ KB of heap,"
                        + " and it can spare [0-9]+ KB");
    }

    @Test
    void aHeapThatIsFullJustBeforeACollectionIsLookedAtAgain() {
        AtomicInteger looks = new AtomicInteger();
        AtomicLong used = new AtomicLong(64L << 20);
        ReportRoom reports = new ReportRoom(SmallHeap.of(64L << 20, used::get), () -> {
            if (looks.incrementAndGet() == 3) {
                used.set(1 << 20);
            }
        });

        assertThat(reports.choose(ReportDetail.TOTALS, SOCKETS).detail()).isEqualTo(ReportDetail.TOTALS);
        assertThat(looks).hasValue(3);
    }

    @Test
    void twoReportsAtOnceDoNotTakeTheSameRoom() {
        ReportRoom reports =
                new ReportRoom(room(ReportCost.ofSummary(SOCKETS) + ReportCost.ofTotals(SOCKETS)), () -> {});
        ReportRoom.Choice first = reports.choose(ReportDetail.SUMMARY, SOCKETS);
        assertThat(reports.choose(ReportDetail.SUMMARY, SOCKETS).detail()).isEqualTo(ReportDetail.TOTALS);
        assertThatThrownBy(() -> reports.choose(ReportDetail.SUMMARY, SOCKETS)).isInstanceOf(NoRoomException.class);
        first.reservation().close();
        assertThat(reports.choose(ReportDetail.SUMMARY, SOCKETS).detail()).isEqualTo(ReportDetail.SUMMARY);
    }
}
