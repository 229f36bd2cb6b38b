// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** A document is written when all tests of its class ran and passed. */
class NewDocumentsTest {

    @TempDir
    private Path temporary;

    @BeforeEach
    void noTestOfTheExampleHasRun() {
        Example.tests = new ClassOutcomes();
        Example.skipping = false;
        Example.failing = false;
        Example.made = new NewDocuments(temporary.resolve("new"), false);
    }

    @Test
    void allPassed() {
        TestExecutionSummary run = run(selectClass(Example.class));

        assertThat(failures(run)).isEmpty();
        assertThat(run.getTestsSucceededCount())
                .as("two, one of them twice, and the last")
                .isEqualTo(4);
        assertThat(temporary.resolve("new/document.md")).hasContent("text");
    }

    @Test
    void singleTestWritesNothing() {
        TestExecutionSummary run = run(selectMethod(Example.class, "first"));

        assertThat(failures(run)).isEmpty();
        assertThat(run.getTestsSucceededCount()).isEqualTo(1);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void lastTestFailsWithoutAnother() {
        TestExecutionSummary run =
                run(selectMethod(Example.class, "first"), selectMethod(Example.class, "thatIsPublished"));

        assertThat(failures(run)).singleElement().asString().contains("second did not run");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void failedTestWritesNothingUntilItPasses() {
        Example.failing = true;
        TestExecutionSummary run = run(selectClass(Example.class));

        assertThat(failures(run)).hasSize(2).last().asString().contains("second failed ([2]");
        assertThat(temporary).isEmptyDirectory();

        Example.failing = false;
        TestExecutionSummary again = run(run.getFailures().stream()
                .map(failure -> selectUniqueId(failure.getTestIdentifier().getUniqueId()))
                .toArray(DiscoverySelector[]::new));

        assertThat(failures(again)).isEmpty();
        assertThat(again.getTestsSucceededCount()).isEqualTo(2);
        assertThat(temporary.resolve("new/document.md")).hasContent("text");
    }

    @Test
    void skippedTestWritesNothing() {
        Example.skipping = true;

        TestExecutionSummary run = run(selectClass(Example.class));

        assertThat(failures(run)).isEmpty();
        assertThat(run.getTestsAbortedCount()).isEqualTo(1);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void skippedTestFailsPublishingRun() {
        Example.skipping = true;
        Example.made = new NewDocuments(temporary.resolve("new"), true);

        TestExecutionSummary run = run(selectClass(Example.class));

        assertThat(failures(run)).singleElement().asString().contains("first: ", "no such thing here");
        assertThat(temporary).isEmptyDirectory();
    }

    private static TestExecutionSummary run(DiscoverySelector... selectors) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectors)
                                .build(),
                        listener);
        return listener.getSummary();
    }

    private static List<String> failures(TestExecutionSummary run) {
        return run.getFailures().stream()
                .map(failure -> String.valueOf(failure.getException().getMessage()))
                .toList();
    }

    /** Run by the tests above, and by nothing else. */
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Example {

        @RegisterExtension
        static ClassOutcomes tests = new ClassOutcomes();

        private static boolean skipping;
        private static boolean failing;
        private static NewDocuments made = new NewDocuments(Path.of("target", "example"), false);

        @Test
        void first() {
            assumeFalse(skipping, "no such thing here");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void second(int number) {
            assertThat(failing && number == 2).isFalse();
        }

        @LastTest
        void thatIsPublished() throws Exception {
            made.write(Map.of("document.md", "text"), tests);
        }
    }
}
