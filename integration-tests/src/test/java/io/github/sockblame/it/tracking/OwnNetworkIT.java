// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.tracking;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Requires;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests with this tag run in a JVM that src/test/own-network/bin/java has started, in another network than that of the build. */
@Tag("own-network")
class OwnNetworkIT {

    @Test
    void testHasItsOwnNetworkWithLoopbackOnly() throws Exception {
        String outer = requireNonNull(System.getenv("OUTER_NETWORK"), "not started by own-network/bin/java");
        Requires.that(!outer.isEmpty(), "no network namespace can be made here");
        List<NetworkInterface> up = new ArrayList<>();
        for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (one.isUp()) {
                up.add(one);
            }
        }

        assertThat(Files.readSymbolicLink(Path.of("/proc/self/ns/net"))).isNotEqualTo(Path.of(outer));
        assertThat(up).singleElement().extracting(NetworkInterface::getName).isEqualTo("lo");
        assertThat(InetAddress.getLocalHost().isLoopbackAddress())
                .as("where JMX listens")
                .isTrue();
    }
}
