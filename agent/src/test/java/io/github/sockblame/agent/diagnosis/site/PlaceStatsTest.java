// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Event;
import io.github.sockblame.report.Site;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceStatsTest {

    @ParameterizedTest
    @CsvSource({
        "http-nio-8080-exec-14, http-nio-8080-exec-*",
        "pool-1-thread-3, pool-1-thread-*",
        "virtual thread #99, virtual thread #*",
        "main, main",
        "42, 42",
        "worker 7 of 9 done, worker 7 of 9 done",
        "'', ''"
    })
    void foldsTheLastNumber(String thread, String folded) {
        assertThat(PlaceStats.withoutThreadNumber(thread)).isEqualTo(folded);
    }

    @Test
    void countsStacksAndThreads() {
        PlaceStats count = new PlaceStats();
        count.add(null);
        count.add(event("rare", 5));
        for (int i = 0; i < 4; i++) {
            count.add(event("exec-" + i, 6));
            count.add(event("exec-" + i, 6));
        }
        count.add(event("pool-1", 7));
        count.add(event("other", 7));

        assertThat(count.toPlace()).isEqualTo(new Site.Place(6, 3, List.of("exec-*", "rare", "pool-*"), 7));
    }

    @Test
    void isNoPlaceIfNothingWasSeen() {
        PlaceStats count = new PlaceStats();
        count.add(null);

        assertThat(count.toPlace()).isNull();
    }

    private static Event event(String thread, int stack) {
        return new Event(Instant.EPOCH, thread, stack);
    }
}
