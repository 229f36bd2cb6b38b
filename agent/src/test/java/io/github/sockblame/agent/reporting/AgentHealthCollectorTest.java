// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.kernel.proc.SourceStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentHealthCollectorTest {

    private static final SourceStatus WITHOUT_IPV6 = new SourceStatus("/proc/self/net/tcp6", false, "absent");

    @Test
    void tableThatWasNotReadIsNotTakenForAnotherNamespace() {
        SourceStatus read = new SourceStatus("/proc/self/net/tcp", true, null);
        SourceStatus hidden = new SourceStatus("/proc/self/net/tcp", false, "absent");

        assertThat(AgentHealthCollector.describeMissingRows(3, List.of(read, WITHOUT_IPV6)))
                .startsWith(
                        "3 connections of this process are not in /proc/self/net/tcp and tcp6, as in another network"
                                + " namespace: ");
        assertThat(AgentHealthCollector.describeMissingRows(3, List.of(hidden, WITHOUT_IPV6)))
                .startsWith("3 connections of this process have no row, because /proc/self/net/tcp could not be read: ")
                .doesNotContain("namespace");
    }
}
