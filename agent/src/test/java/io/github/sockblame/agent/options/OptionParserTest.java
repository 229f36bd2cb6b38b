// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.options;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.alert.Trigger;
import io.github.sockblame.agent.diagnosis.ReportScope;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Threshold;
import io.github.sockblame.report.Threshold.Figure;
import io.github.sockblame.report.option.OptionSyntax;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionParserTest {

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "   "})
    void nothingIsTheDefaults(@Nullable String argument) {
        assertThat(parse(argument).options()).isEqualTo(AgentOptions.DEFAULTS);
        assertThat(parse(argument).warning()).isNull();
    }

    @Test
    void readsEveryOption() {
        assertThat(options("verbose=true,grace=30s,idle=1h,dump.dir=/var/dumps"))
                .isEqualTo(AgentOptions.builder()
                        .verbose(true)
                        .grace(Duration.ofSeconds(30))
                        .idle(Duration.ofHours(1))
                        .dumpDirectory(Path.of("/var/dumps"))
                        .build());
        assertThat(options("dump.dir = /var/my dumps , verbose = true "))
                .isEqualTo(AgentOptions.builder()
                        .verbose(true)
                        .dumpDirectory(Path.of("/var/my dumps"))
                        .build());
    }

    @Test
    void formerOptionNameIsRefused() {
        assertThat(AgentOptions.DEFAULTS.fileRequests()).isEqualTo(FileRequests.UNLESS_ATTACH_IS_DISABLED);
        assertThat(options("file.requests=false").fileRequests()).isEqualTo(FileRequests.NEVER);
        assertThat(options("file.requests=true").fileRequests()).isEqualTo(FileRequests.ALWAYS);

        OptionParser parsed = parse("ask.file=false");
        assertThat(parsed.options()).isEqualTo(AgentOptions.DEFAULTS);
        assertThat(parsed.warning()).startsWith("ask.file is now called file.requests (valid options: ");
        variables.put("SOCKBLAME_ASK_FILE", "false");
        assertThat(parse("").warning()).startsWith("ask.file is now called file.requests (");
    }

    @Test
    void aValueMayHaveCommas() {
        assertThat(options("dump.dir=/var/a,b,verbose=true"))
                .isEqualTo(AgentOptions.builder()
                        .verbose(true)
                        .dumpDirectory(Path.of("/var/a,b"))
                        .build());
    }

    @Test
    void aTrailingCommaIsNone() {
        assertThat(options("verbose=true,").verbose()).isTrue();
    }

    @Test
    void theLastOfTwoCountsWithAWarning() {
        OptionParser parsed = parse("grace=5s,grace=7s,verbose=true, grace = 6s");

        assertThat(parsed.options().grace()).isEqualTo(Duration.ofSeconds(6));
        assertThat(parsed.warning())
                .startsWith("grace is given more than once: the last value counts (valid options: ");
        properties.put("sockblame.grace", "7s");
        assertThat(parse("grace=5s").warning())
                .as("the argument has precedence")
                .isNull();
    }

    @Test
    void filtersMayBeGivenInAnyOrder() {
        assertThat(parse("exclude=:8080; 10.0.0.0/8 ;com.acme.pay,include=com.acme")
                        .warning())
                .isNull();
        assertThat(options("exclude=:8080").selection()).isNotSameAs(ReportScope.ALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                ":8080;",
                ":0",
                ":65536",
                ":80a",
                "10.0.0.0/33",
                "10.0.0.1/8",
                "10.0.0",
                "10.0.0.0/",
                "com..acme",
                "com.acme.*",
                "::1/x"
            })
    void aBadFilterIsWarnedOfAndNothingIsLeftOut(String filter) {
        OptionParser parsed = parse("exclude=" + filter);

        assertThat(parsed.options()).isEqualTo(AgentOptions.DEFAULTS);
        assertThat(parsed.warning())
                .startsWith("invalid value '" + filter + "' for exclude: expected filters such as com.acme.pay;:8080");
        assertThat(parse("include=" + filter).warning()).contains(" for include: expected filters such as");
    }

    @Test
    void readsTheTrace() {
        assertThat(options("trace=/var/tmp/trace-%p.tsv,trace.max=2g"))
                .isEqualTo(AgentOptions.builder()
                        .traceFile("/var/tmp/trace-%p.tsv")
                        .traceMaxBytes(2L << 30)
                        .build());
        assertThat(options("trace.max=1k").traceMaxBytes()).isEqualTo(1024);
        assertThat(options("trace=a").traceMaxBytes()).isEqualTo(100L * 1024 * 1024);
        assertThat(parse("trace=/var/").warning()).startsWith("invalid value '/var/' for trace: expected a file");
    }

    @Test
    void readsTheMemoryForStacks() {
        assertThat(options("stacks.max=512k").stacksMaxBytes()).isEqualTo(512 << 10);
        assertThat(AgentOptions.DEFAULTS.stacksMaxBytes())
                .isEqualTo(Math.min(10 << 20, Runtime.getRuntime().maxMemory() / 16));
        assertThat(parse("stacks.max=lots").warning())
                .startsWith("invalid value 'lots' for stacks.max: expected a size such as 500k, 100m or 2g");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "100", "0k", "-1m", "1000000g", "1t", "1.5m", "1M"})
    void aBadSizeIsWarnedOf(String size) {
        OptionParser parsed = parse("trace.max=" + size);

        assertThat(parsed.options()).isEqualTo(AgentOptions.DEFAULTS);
        assertThat(parsed.warning())
                .startsWith("invalid value '" + size
                        + "' for trace.max: expected a size such as 500k, 100m or 2g (at least 1k)");
    }

    @Test
    void redactIsTrueOrFalse() {
        assertThat(options("redact=true").redact()).isTrue();
        assertThat(options("redact=false").redact()).isFalse();
        assertThat(parse("redact=on").options()).isEqualTo(AgentOptions.DEFAULTS);
        assertThat(parse("redact=on").warning()).startsWith("invalid value 'on' for redact: expected true or false");
    }

    @Test
    void soIsABadIdle() {
        assertThat(parse("idle=2d").options()).isEqualTo(AgentOptions.DEFAULTS);
        assertThat(parse("idle=2d").warning())
                .startsWith("invalid value '2d' for idle: expected a duration such as 500ms, 5s or 2m (at most 24h)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"grace=-1s", "grace=", "grace=5", "grace=25h", "grace=999999999h"})
    void aBadGraceIsWarnedOfAndTheDefaultStays(String argument) {
        OptionParser parsed = parse(argument);

        assertThat(parsed.options()).isEqualTo(AgentOptions.DEFAULTS);
        assertThat(parsed.warning())
                .startsWith("invalid value '")
                .contains("' for grace: expected a duration such as 500ms, 5s or 2m (at most 24h) (valid")
                .contains("valid options: verbose, grace, idle, app, library, dump.dir");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verbose=yes", "verbose=", "verbose=TRUE"})
    void verboseIsTrueOrFalse(String argument) {
        assertThat(parse(argument).options().verbose()).isFalse();
        assertThat(parse(argument).warning()).contains(" for verbose: expected true or false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dump.dir=", "dump.dir=a\0b"})
    void aBadFolderIsWarnedOf(String argument) {
        assertThat(parse(argument).options().dumpDirectory()).isNull();
        assertThat(parse(argument).warning()).contains(" for dump.dir: expected a folder");
    }

    @Test
    void everyProblemIsNamedInOneLine() {
        OptionParser parsed = parse("vrebose=true,grace=soon,verbose=true");

        assertThat(parsed.options().verbose()).as("the rest counts").isTrue();
        assertThat(requireNonNull(parsed.warning()))
                .startsWith(
                        "unknown option 'vrebose', did you mean verbose?; invalid value 'soon' for grace: expected a duration")
                .doesNotContain("\n");
        assertThat(parse("verbose").warning()).startsWith("no value in 'verbose': expected key=value");
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
                .isEqualTo(AgentOptions.builder()
                        .verbose(false)
                        .grace(Duration.ofSeconds(2))
                        .dumpDirectory(Path.of("/var/dumps"))
                        .build());
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
    void malformedPackageCausesWarning(String argument) {
        assertThat(parse(argument).warning()).contains("' for app: expected packages with commas between them");
        assertThat(parse(argument).options().app()).isEmpty();
    }

    @Test
    void malformedVariableCausesWarning() {
        variables.put("SOCKBLAME_GRACE", "soon");

        assertThat(parse("verbose=true").warning()).startsWith("invalid value 'soon' for grace: expected a duration");
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

    /** All options, a former one, and one that never was. */
    static Stream<String> keys() {
        return Stream.concat(OptionSyntax.KEYS.stream(), Stream.of("ask.file", "unknown"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void noValueOfAnyOptionStopsTheProgram(String key) {
        for (String value : List.of(
                "",
                " ",
                "=",
                ",",
                ";",
                "x".repeat(10_000),
                "leaked>=1;".repeat(1_000),
                "9".repeat(10_000),
                "9223372036854775807",
                "9223372036854775808g",
                "99999999999h",
                "-1",
                "-9223372036854775808",
                "-1k",
                "NaN%",
                "1e999%",
                "\0",
                "\u001b[31m\r\n\u202e",
                "\ud800",
                "%".repeat(10_000))) {
            OptionParser parsed = parse(key + "=" + value + "," + key + "=" + value);

            assertThat(parsed.options()).isNotNull();
            String warning = parsed.warning();
            if (warning != null) {
                assertThat(warning).as("%s", key).hasSizeLessThan(2000);
                assertThat(warning.chars())
                        .noneMatch(Character::isISOControl)
                        .noneMatch(c -> Character.getType(c) == Character.FORMAT);
            }
        }
        assertThat(parse(key).warning()).startsWith("no value in '" + key + "': expected key=value");
        assertThat(parse("no=such,verbose=true").options().verbose()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"leaks.html", "/var/log/leak-%p.HTM"})
    void agentWritesNoPage(String file) {
        OptionParser parsed = parse("report.to=" + file);

        assertThat(parsed.options().reportFile()).isNull();
        assertThat(parsed.warning())
                .startsWith(
                        "invalid value '" + file + "' for report.to: expected a .json or .txt file, because only the"
                                + " viewer makes pages: sockblame report FILE.json -o FILE.html (valid options: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dump.dir", "report.to", "trace"})
    void nameThatTheFileSystemDoesNotHaveIsRefused(String key) {
        OptionParser parsed = parse(key + "=\ud800");

        assertThat(parsed.options()).isEqualTo(AgentOptions.DEFAULTS);
        assertThat(parsed.warning()).contains("' for " + key + ": expected a name that this system can write (valid");
    }

    private AgentOptions options(@Nullable String argument) {
        OptionParser parsed = parse(argument);
        assertThat(parsed.warning()).isNull();
        return parsed.options();
    }

    private OptionParser parse(@Nullable String argument) {
        return OptionParser.parse(argument, new OptionSource() {
            @Override
            @Nullable String property(String name) {
                return properties.get(name);
            }

            @Override
            @Nullable String variable(String name) {
                return variables.get(name);
            }
        });
    }

    @Test
    void alertOptionsAreParsed() {
        assertThat(
                        options(
                                "alert=site-leaks>=100;age>=10m;close-wait>=500;leaks>=7;fds>=85%;exit,report.to=/var/%p-%t.json,idle=1h"))
                .isEqualTo(AgentOptions.builder()
                        .idle(Duration.ofHours(1))
                        .reportFile("/var/%p-%t.json")
                        .alerts(List.of(
                                trigger("site-leaks>=100", Figure.SITE_LEAKS, 100, false, null),
                                trigger("age>=10m", Figure.AGE, 600_000, false, null),
                                trigger("close-wait>=500", Figure.STATE, 500, false, TcpState.CLOSE_WAIT),
                                trigger("leaks>=7", Figure.LEAKS, 7, false, null),
                                trigger("fds>=85%", Figure.FDS, 85, true, null),
                                Trigger.EXIT))
                        .build());
        assertThat(options("alert=none").alerts()).isEmpty();
        assertThat(options("grace=1s").alerts()).containsExactly(Trigger.NEARLY_FULL);
        assertThat(options("alert=CLOSE_WAIT>=1").alerts())
                .extracting(trigger -> requireNonNull(trigger.threshold()).state())
                .containsExactly(TcpState.CLOSE_WAIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "leaked",
                "site-leaks>=",
                "site-leaks>=0",
                "site-leaks>=5%",
                "site-leaks>=-1",
                "site-leaks>=5x",
                "site-leaks>=9999999999",
                "age>=5",
                "age>=0s",
                "state>=5",
                "gone>=5",
                "fds>=101%",
                "fds>90%",
                "site-leaks>=5;",
                ";",
                "exit;none",
                "leaked>=x",
                "state=GONE>=5"
            })
    void whatIsNoConditionIsSaidToBeNone(String value) {
        OptionParser parsed = parse("alert=" + value);
        assertThat(parsed.options().alerts()).containsExactly(Trigger.NEARLY_FULL);
        assertThat(parsed.warning())
                .startsWith("invalid value '" + value + "' for alert: expected none, or conditions such as");
    }

    @ParameterizedTest
    @CsvSource({
        "leaked>=100,site-leaks>=100",
        "state=CLOSE_WAIT>=500,close-wait>=500",
        "fds>=90%;leaked>=5;state=ESTABLISHED>=7;exit,fds>=90%;site-leaks>=5;established>=7;exit"
    })
    void formerConditionSpellingIsRefused(String former, String present) {
        OptionParser parsed = parse("alert=" + former);
        assertThat(parsed.options().alerts()).containsExactly(Trigger.NEARLY_FULL);
        assertThat(parsed.warning())
                .startsWith(
                        "invalid value '" + former + "' for alert: expected the present spelling " + present + " (");
        assertThat(parse("alert=" + present).warning()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/var/log/", "/"})
    void reportsGoToAFile(String value) {
        OptionParser parsed = parse("report.to=" + value);
        assertThat(parsed.options().reportFile()).isNull();
        assertThat(parsed.warning()).contains("for report.to: expected a file");
    }

    private static Trigger trigger(String text, Figure figure, long least, boolean percent, @Nullable TcpState state) {
        Threshold threshold = new Threshold(text, figure, least, percent, state);
        assertThat(Threshold.parse(text)).isEqualTo(threshold);
        return Trigger.of(threshold);
    }
}
