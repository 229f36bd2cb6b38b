// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.ledger.TrackedSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InodeIndexTest {

    private final InodeIndex inodes = new InodeIndex();

    @Test
    void recordIsFoundByIdentityNotNumber() {
        TrackedSocket record = JoinFixtures.opened(7);
        inodes.add(record, 100);

        assertThat(inodes.of(record)).isEqualTo(100);
        assertThat(inodes.contains(record)).isTrue();
        assertThat(inodes.of(JoinFixtures.opened(7)))
                .as("another with the same number")
                .isZero();
        assertThat(inodes.contains(JoinFixtures.opened(8))).isFalse();
    }

    @Test
    void letsGoOfSome() {
        List<TrackedSocket> records = new ArrayList<>();
        for (int fd = 0; fd < 100; fd++) {
            records.add(JoinFixtures.opened(fd));
            inodes.add(records.get(fd), 1000 + fd);
        }
        inodes.removeAll(records.stream().filter(record -> record.fd() % 3 != 0).collect(Collectors.toSet()));

        assertThat(inodes.size()).isEqualTo(34);
        for (TrackedSocket record : records) {
            assertThat(inodes.of(record)).isEqualTo(record.fd() % 3 != 0 ? 0 : 1000 + record.fd());
        }
    }
}
