// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.docs.ClassOutcomes;
import io.github.sockblame.it.docs.GeneratedDocument;
import io.github.sockblame.it.docs.LastTest;
import io.github.sockblame.it.docs.NewDocuments;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.TargetOutputOnFailure;
import io.github.sockblame.it.harness.Tool;
import io.github.sockblame.it.verdict.CorpusCase.Outcome;
import io.github.sockblame.it.verdict.CorpusRun.Played;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real libraries, used to leak and used properly: every leak is named with the right frame, and no proper use is accused. */
@ExtendWith(TargetOutputOnFailure.class)
@Timeout(240)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CorpusIT {

    private static final GeneratedDocument DOCUMENT = new GeneratedDocument("corpus", "Corpus", "corpus");

    @RegisterExtension
    static final ClassOutcomes TESTS = new ClassOutcomes();

    private static final CorpusTable TABLE = new CorpusTable(KnownDifferences.ALL, KnownDifferences.VARYING);

    /** Most of what they do is to wait. */
    private static final CorpusInBackground SHORT = new CorpusInBackground(CorpusRun.SHORT_GRACE, 6);

    private static final CorpusInBackground DEFAULTS =
            new CorpusInBackground(CorpusRun.DEFAULT_OPTIONS, CorpusProgram.values().length);

    static List<CorpusProgram> programs() {
        return CorpusProgram.wanted();
    }

    @BeforeAll
    static void start() throws Exception {
        DEFAULTS.start(programs());
        SHORT.start(programs());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    @Order(1)
    void reportNamesEveryLeakAndAccusesNoProperUse(CorpusProgram program) throws Exception {
        requireToolOf(program);
        check(SHORT.of(program));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    @Order(2)
    void soItDoesWithDefaultOptions(CorpusProgram program) throws Exception {
        requireToolOf(program);
        check(DEFAULTS.of(program));
    }

    private static void requireToolOf(CorpusProgram program) throws Exception {
        Optional<Tool> tool = program.tool();
        if (tool.isPresent()) {
            Requires.tool(tool.get());
        }
    }

    private static void check(Played played) {
        List<Outcome> outcomes = played.outcomes();
        TABLE.add(outcomes);
        SoftAssertions all = new SoftAssertions();
        all.assertThat(played.otherLeaks()).as("leaks of no case").isEmpty();
        all.assertThat(played.libraries())
                .as("culprit frames of the program alone, never of a library")
                .isEmpty();
        all.assertThat(outcomes)
                .filteredOn(outcome -> !outcome.asExpected())
                .as("not as expected")
                .allMatch(outcome -> KnownDifferences.isKnown(outcome.of().name()));
        all.assertThat(outcomes)
                .filteredOn(
                        outcome -> KnownDifferences.ALL.containsKey(outcome.of().name()))
                .as("known to differ, and now as expected: take it off the list")
                .noneMatch(Outcome::asExpected);
        all.assertAll();
    }

    @LastTest
    void tableEqualsPublishedOne() throws Exception {
        KnownDifferences.ALL.forEach((which, why) -> System.out.println("KNOWN DIFFERENCE: " + which + ": " + why));
        boolean whole = TESTS.skipped().isEmpty() && CorpusProgram.areAllWanted();
        if (whole) {
            assertThat(TABLE.names())
                    .as("cases, among them those that are known to differ")
                    .containsAll(KnownDifferences.ALL.keySet())
                    .containsAll(KnownDifferences.VARYING.keySet());
        }
        NewDocuments made = NewDocuments.ofThisRun();
        if (CorpusProgram.areAllWanted()) {
            made.write(Map.of(DOCUMENT.file(), DOCUMENT.text(TABLE.lines())), TESTS);
        } else {
            assertThat(made.publishing()).as("only a whole corpus is published").isFalse();
            TABLE.rows().forEach(System.out::println);
        }
        if (made.publishing()) {
            return;
        }
        List<String> published = DOCUMENT.published();
        if (whole) {
            assertThat(published).as(DOCUMENT.hint()).isEqualTo(TABLE.lines());
        } else {
            assertThat(published).as(DOCUMENT.hint()).containsAll(TABLE.rows());
        }
    }
}
