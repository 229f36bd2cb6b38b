// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.instrument.weave.ClassFiles;
import io.github.sockblame.agent.instrument.weave.ClassFiles.Code;
import io.github.sockblame.agent.instrument.weave.ClassFiles.Outline;
import io.github.sockblame.agent.instrument.weave.Weaver;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is inlined into the JDK: one call and nothing else. */
class AdviceTest {

    static Stream<String> advices() throws IOException, URISyntaxException {
        Path classes = Path.of(
                Weaver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path folder = classes.resolve("io/github/sockblame/agent/instrument/advice");
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith("Advice.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .toList()
                    .stream();
        }
    }

    @Test
    void allAreFound() throws Exception {
        assertThat(advices())
                .contains("io/github/sockblame/agent/instrument/advice/OpenAdvice")
                .hasSizeGreaterThan(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SocketListener", "NoopSocketListener", "SocketProbe"})
    void theProbeLinksNothingAtItsFirstCall(String name) {
        Outline outline = ClassFiles.outline(ClassFiles.of("io/github/sockblame/probe/" + name));

        assertThat(outline.methods).isNotEmpty();
        assertThat(outline.methods.values()).allMatch(code -> code.invokedynamics == 0 && code.monitors == 0);
    }

    /** At the moment when there is no memory the first such call would take the JDK's class from the program. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "io/github/sockblame/report/Endpoint",
                "io/github/sockblame/report/Frame",
                "io/github/sockblame/agent/diagnosis/site/SiteKey"
            })
    void mapKeysCompareWithoutInvokedynamic(String type) {
        Outline outline = ClassFiles.outline(ClassFiles.of(type));

        for (String method : List.of("equals(Ljava/lang/Object;)Z", "hashCode()I")) {
            assertThat(requireNonNull(outline.methods.get(method)).invokedynamics)
                    .as("%s of %s", method, type)
                    .isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("advices")
    void isOneCallOfTheProbe(String advice) {
        Outline outline = ClassFiles.outline(ClassFiles.of(advice));
        outline.methods.remove("<init>()V");

        assertThat(outline.fields).isEmpty();
        assertThat(outline.methods).hasSize(1);
        Code code = outline.methods.values().iterator().next();
        assertThat(code.probeCalls)
                .hasSize(1)
                .allMatch(call -> call.startsWith("io/github/sockblame/probe/SocketProbe."));
        assertThat(code.invokedynamics).isZero();
        assertThat(code.allocations).isZero();
        assertThat(code.monitors).isZero();
        assertThat(code.branches).as("without a branch no frame is needed").isZero();
    }
}
