// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.scenario.kind.FourKinds;
import io.github.sockblame.it.scenario.leak.HelloWorld;
import java.util.List;

/** A mistake in the agent's options is one line, and the program runs as it would. */
class OptionsIT {

    private static final List<String> MISTAKES =
            List.of("grac=5s", "verbose", "verbose=yes,dump.dir=,colour=red,grace=soon");

    @OnEveryJdk
    void mistakePrintsOneLineWithValidOptions(TargetJdk jdk) throws Exception {
        Output plain = run(TargetJvm.of(jdk, FourKinds.class));
        for (String mistake : MISTAKES) {
            Output watched = run(TargetJvm.of(jdk, FourKinds.class).watched(mistake));

            assertThat(watched.out()).as(mistake).isEqualTo(plain.out());
            assertThat(watched.status()).isEqualTo(plain.status());
            assertThat(watched.err()).endsWith(plain.err());
            String warning = watched.err()
                    .substring(0, watched.err().length() - plain.err().length());
            assertThat(warning)
                    .startsWith("sockblame: ")
                    .containsPattern("\\(valid options: [a-z., ]*grace[a-z., ]*\\)\n$")
                    .hasLineCount(1);
        }
    }

    @OnEveryJdk
    void verbosePrintsOneLine(TargetJdk jdk) throws Exception {
        Output plain = run(TargetJvm.of(jdk, HelloWorld.class));
        Output watched = run(TargetJvm.of(jdk, HelloWorld.class).watched("verbose=true"));

        assertThat(watched.out()).isEqualTo(plain.out());
        assertThat(watched.err()).matches("sockblame: .* hooks .*\n" + plain.err());
    }

    private static Output run(TargetJvm jvm) throws Exception {
        try (TargetProcess target = jvm.start()) {
            return target.awaitCheckpoint("done").finish();
        }
    }
}
