// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionParserTest {

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "   "})
    void nothingIsTheDefaults(@Nullable String argument) {
        assertThat(parse(argument)).isEqualTo(new OptionParser.Parsed(AgentOptions.DEFAULTS, null));
    }

    @Test
    void readsEveryOption() {
        assertThat(options("verbose=true,grace=30s,idle=1h,dump.dir=/var/dumps"))
                .isEqualTo(new AgentOptions(
                        true,
                        Duration.ofSeconds(30),
                        Duration.ofHours(1),
                        List.of(),
                        List.of(),
                        Path.of("/var/dumps")));
        assertThat(options("dump.dir = /var/my dumps , verbose = true "))
                .isEqualTo(new AgentOptions(
                        true,
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(15),
                        List.of(),
                        List.of(),
                        Path.of("/var/my dumps")));
    }

    @Test
    void aValueMayHaveCommas() {
        assertThat(options("dump.dir=/var/a,b,verbose=true"))
                .isEqualTo(new AgentOptions(
                        true,
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(15),
                        List.of(),
                        List.of(),
                        Path.of("/var/a,b")));
    }

    @Test
    void aTrailingCommaIsNone() {
        assertThat(options("verbose=true,").verbose()).isTrue();
    }

    @Test
    void theLastOfTwoCounts() {
        assertThat(options("grace=1s,grace=2s").grace()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void soIsABadIdle() {
        assertThat(parse("idle=2d").options()).isEqualTo(AgentOptions.DEFAULTS);
        assertThat(parse("idle=2d").warning()).startsWith("idle is a time like 5s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"grace=-1s", "grace=", "grace=5", "grace=25h", "grace=999999999h"})
    void aBadGraceIsWarnedOfAndTheDefaultStays(String argument) {
        OptionParser.Parsed parsed = parse(argument);

        assertThat(parsed.options()).isEqualTo(AgentOptions.DEFAULTS);
        assertThat(parsed.warning())
                .startsWith("grace is a time like 5s")
                .contains("valid options: verbose, grace, idle, app, library, dump.dir");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verbose=yes", "verbose=", "verbose=TRUE"})
    void verboseIsTrueOrFalse(String argument) {
        assertThat(parse(argument).options().verbose()).isFalse();
        assertThat(parse(argument).warning()).startsWith("verbose is true or false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dump.dir=", "dump.dir=a\0b"})
    void aBadFolderIsWarnedOf(String argument) {
        assertThat(parse(argument).options().dumpDirectory()).isNull();
        assertThat(parse(argument).warning()).startsWith("dump.dir is a folder");
    }

    @Test
    void everyProblemIsNamedInOneLine() {
        OptionParser.Parsed parsed = parse("vrebose=true,grace=soon,verbose=true");

        assertThat(parsed.options().verbose()).as("the rest counts").isTrue();
        assertThat(requireNonNull(parsed.warning()))
                .startsWith("unknown option 'vrebose'; grace is a time")
                .doesNotContain("\n");
        assertThat(parse("verbose").warning()).startsWith("no value in 'verbose'");
        assertThat(parse("=true").warning()).startsWith("unknown option ''");
    }

    @Test
    void theArgumentGoesBeforeThePropertyAndThatBeforeTheVariable() {
        variables.put("SOCKBLAME_GRACE", "1s");
        variables.put("SOCKBLAME_DUMP_DIR", "/var/dumps");
        variables.put("SOCKBLAME_VERBOSE", "true");
        properties.put("sockblame.grace", "2s");
        properties.put("sockblame.verbose", "false");

        assertThat(options(null))
                .isEqualTo(new AgentOptions(
                        false,
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(15),
                        List.of(),
                        List.of(),
                        Path.of("/var/dumps")));
        assertThat(options("grace=3s").grace()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void packagesAreAListWithCommas() {
        AgentOptions options = options("app=com.acme, com.acme.pay.Client,library=org.own.,verbose=true");
        assertThat(options.app()).containsExactly("com.acme", "com.acme.pay.Client");
        assertThat(options.library()).containsExactly("org.own");
        assertThat(options.verbose()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app=", "app=com..acme", "app=com.acme,1st", "app=com/acme", "app=.", "app=com acme"})
    void whatIsNoPackageIsWarnedOf(String argument) {
        assertThat(parse(argument).warning()).startsWith("app is a package or a list of packages with commas, not '");
        assertThat(parse(argument).options().app()).isEmpty();
    }

    @Test
    void whatIsWrongOutsideIsWarnedOf() {
        variables.put("SOCKBLAME_GRACE", "soon");

        assertThat(parse("verbose=true").warning()).startsWith("grace is a time");
    }

    @Test
    void aWarningIsHarmlessOnATerminal() {
        String warning = requireNonNull(parse("x\u001b[2J\r\n\u202Ey=1").warning());

        assertThat(warning.chars())
                .noneMatch(Character::isISOControl)
                .noneMatch(c -> Character.getType(c) == Character.FORMAT);
        assertThat(warning).startsWith("unknown option 'x?[2J???y'");
    }

    @Test
    void aWarningIsShortWhateverIsWrong() {
        assertThat(requireNonNull(parse("x".repeat(100_000) + "=1").warning())).hasSizeLessThan(1000);
        assertThat(requireNonNull(parse("x=1,".repeat(50_000)).warning()))
                .hasSizeLessThan(1000)
                .contains("unknown option 'x'")
                .contains("and 49995 more");
        assertThat(requireNonNull(parse("x=1,,".repeat(50_000)).warning())).hasSizeLessThan(1000);
    }

    private AgentOptions options(@Nullable String argument) {
        OptionParser.Parsed parsed = parse(argument);
        assertThat(parsed.warning()).isNull();
        return parsed.options();
    }

    private OptionParser.Parsed parse(@Nullable String argument) {
        return OptionParser.parse(argument, new OptionParser.Lookup() {
            @Override
            public @Nullable String property(String name) {
                return properties.get(name);
            }

            @Override
            public @Nullable String variable(String name) {
                return variables.get(name);
            }
        });
    }
}
