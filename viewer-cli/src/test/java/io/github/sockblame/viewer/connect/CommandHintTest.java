// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandHintTest {

    private static final String OPTION = "-Djava.io.tmpdir=DIR";

    @Test
    void jarIsRunByJava() {
        CommandHint jar = CommandHint.of(null);

        assertThat(jar.text()).isEqualTo("java -jar sockblame.jar");
        assertThat(jar.with(OPTION)).isEqualTo("java -Djava.io.tmpdir=DIR -jar sockblame.jar");
    }

    @Test
    void fileIsRunByItsName() {
        CommandHint file = CommandHint.of("command");

        assertThat(file.text()).isEqualTo("sockblame");
        assertThat(file.with(OPTION)).isEqualTo("SOCKBLAME_JAVA_OPTS=-Djava.io.tmpdir=DIR sockblame");
    }
}
