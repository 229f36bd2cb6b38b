// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.diagnosis.SampleInput;
import io.github.sockblame.agent.ledger.FakeDescriptorAccess;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.TestLedger;
import io.github.sockblame.report.ClosedByCleaner;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanerCloseCollectorTest {

    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final Ledger ledger = TestLedger.of(numbers);
    private final LedgerView view = new LedgerView(ledger);

    @Test
    void closesAreGroupedByTheOpeningPlace() {
        for (int number = 10; number < 13; number++) {
            ledger.opened(numbers.descriptor(number));
            ledger.closedByCleaner(number);
        }
        ClosedByCleaner closedByCleaner = SampleInput.of(List.of())
                .cleanerCloses(view.cleanerCloses())
                .now(Instant.now())
                .diagnose()
                .closedByCleaner();
        assertThat(closedByCleaner.count()).isEqualTo(3);
        assertThat(closedByCleaner.sites()).hasSize(1);
        assertThat(closedByCleaner.sites().get(0).count()).isEqualTo(3);
        assertThat(closedByCleaner.sites().get(0).lastOpenedAt()).isNotNull();
    }
}
