// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CulpritFinderTest {

    private final CulpritFinder culprits = CulpritFinder.withKnownLibraries();

    @Test
    void isTheFirstFrameThatIsNeitherTheJdksNorALibrarys() {
        assertThat(culprits.culprit(frames(
                        "sun.nio.ch.Net.socket:1",
                        "java.net.Socket.connect:2",
                        "okhttp3.internal.Exchange.connect:3",
                        "com.acme.pay.PaymentClient.call:88",
                        "com.acme.Main.main:1")))
                .isEqualTo(3);
    }

    @Test
    void thereMayBeNone() {
        assertThat(culprits.culprit(frames("java.net.Socket.connect:2", "jdk.proxy2.$Proxy5.call:1")))
                .isEqualTo(-1);
        assertThat(culprits.culprit(List.of())).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.Client",
                "io.github.acme.Client",
                "Main",
                "javafriends.Client",
                "sunshine.Client",
                "akkad.Client",
                "org.springframeworkless.Client",
                "com.sunny.Client",
                "scalable.Client"
            })
    void theProgramsOwnClassesAreNoLibrary(String className) {
        assertThat(culprits.culprit(frames(className + ".call:1"))).isZero();
    }

    @Test
    void theListIsReadOnce() {
        assertThat(CulpritFinder.withKnownLibraries()).isSameAs(culprits);
    }

    @Test
    void onlyTheFramesOnTopAreTheAgents() {
        List<StackTraceElement> frames = frames(
                "io.github.sockblame.agent.ledger.Witness.here:1",
                "io.github.sockblame.probe.SocketProbe.opened:2",
                "sun.nio.ch.Net.socket:3",
                "io.github.sockblame.agent.Else.where:4");

        assertThat(CulpritFinder.withoutAgent(frames)).isEqualTo(frames.subList(2, 4));
        assertThat(CulpritFinder.withoutAgent(frames.subList(0, 2))).isEmpty();
        assertThat(CulpritFinder.withoutAgent(frames("io.github.sockblame.viewer.demo.Shop.run:1")))
                .hasSize(1);
    }

    @Test
    void everyLineOfTheListIsOnePackage() throws Exception {
        List<String> prefixes = prefixes();

        assertThat(prefixes).hasSizeGreaterThan(50).doesNotHaveDuplicates();
        assertThat(prefixes).allMatch(prefix -> prefix.matches("([a-z][a-z0-9_]*\\.)+"));
        for (String prefix : prefixes) {
            assertThat(prefixes)
                    .as("no line is swallowed by another")
                    .noneMatch(other -> !other.equals(prefix) && prefix.startsWith(other));
            assertThat(List.of("com.acme.Client", "io.github.acme.Client", "org.acme.Client", "net.acme.Client"))
                    .noneMatch(program -> program.startsWith(prefix));
        }
    }

    private static List<String> prefixes() throws Exception {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                requireNonNull(CulpritFinder.class.getResourceAsStream("libraries.txt")), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
                    .toList();
        }
    }

    private static List<StackTraceElement> frames(String... frames) {
        return Scene.stack(frames).frames();
    }
}
