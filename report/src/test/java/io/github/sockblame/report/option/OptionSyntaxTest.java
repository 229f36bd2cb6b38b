// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.option.OptionSyntax.Option;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the viewer refuses before it sends it; OptionParserTest of the agent has each value. */
class OptionSyntaxTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "grace=30s",
                "verbose=true,",
                "app=com.acme,org.acme.pay,grace=1s",
                "alert=fds>=90%;exit,report.to=/var/log/leak-%p-%t.json",
                "include=com.acme;:8080,exclude=10.0.0.0/8,dump.dir=/var/a,b"
            })
    void validOptionsHaveNoProblem(String argument) {
        assertThat(OptionSyntax.problems(argument)).isEmpty();
    }

    @Test
    void eachOptionIsChecked() {
        assertThat(OptionSyntax.KEYS)
                .allSatisfy(key -> assertThat(OptionSyntax.problem(key, "\0"))
                        .as("%s", key)
                        .startsWith("invalid value '\0' for " + key + ": expected ")
                        .doesNotContain("another option"));
    }

    @Test
    void problemsAreInOrder() {
        assertThat(OptionSyntax.problems("grace,graze=1s,idle=soon,verbose=true,verbose=false"))
                .containsExactly(
                        "no value in 'grace': expected key=value",
                        "verbose is given more than once: the last value counts",
                        "unknown option 'graze', did you mean grace?",
                        "invalid value 'soon' for idle: expected a duration such as 500ms, 5s or 2m (at most 24h)");
    }

    @Test
    void valuesMayHaveCommas() {
        assertThat(OptionSyntax.split("dump.dir=/var/a,b, verbose = true ").options())
                .containsExactly(new Option("dump.dir", "/var/a,b"), new Option("verbose", "true"));
    }

    @Test
    void lineIsBounded() {
        assertThat(OptionSyntax.line(List.of("a", "b\n")))
                .startsWith("a; b? (valid options: verbose, grace, ")
                .endsWith(", stacks.max)");
        assertThat(OptionSyntax.line(List.of("1", "2", "3", "4", "5", "6", "7")))
                .startsWith("1; 2; 3; 4; 5; and 2 more");
    }
}
