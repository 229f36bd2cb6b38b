// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.docs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * How the tests of a class ended, all but its {@link LastTest}. A test that ran again counts as it ended last: this is a static field of the
 * class, and lasts as long.
 */
public final class ClassOutcomes implements BeforeAllCallback, TestWatcher {

    private enum End {
        PASSED,
        SKIPPED,
        FAILED
    }

    private record Outcome(String method, End end, String name, String reason) {}

    /** By the unique name: a method with parameters has one for each time it runs. */
    private final Map<String, Outcome> outcomes = new LinkedHashMap<>();

    private List<String> methods = List.of();

    @Override
    public void beforeAll(ExtensionContext context) {
        methods =
                AnnotationSupport.findAnnotatedMethods(
                                context.getRequiredTestClass(), Testable.class, HierarchyTraversalMode.TOP_DOWN)
                        .stream()
                        .filter(method -> !method.isAnnotationPresent(LastTest.class))
                        .map(method -> method.getName())
                        .toList();
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        add(context, End.PASSED, "");
    }

    @Override
    public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
        add(context, End.SKIPPED, cause == null ? "" : String.valueOf(cause.getMessage()));
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        add(context, End.SKIPPED, reason.orElse("disabled"));
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        add(context, End.FAILED, "");
    }

    private void add(ExtensionContext context, End end, String reason) {
        String method = context.getRequiredTestMethod().getName();
        outcomes.put(context.getUniqueId(), new Outcome(method, end, context.getDisplayName(), reason));
    }

    /** The tests that failed or did not run at all. */
    List<String> failedOrMissing() {
        Stream<String> missing = methods.stream()
                .filter(method -> outcomes.values().stream()
                        .noneMatch(outcome -> outcome.method().equals(method)))
                .map(method -> method + " did not run");
        Stream<String> failed = those(End.FAILED).map(outcome -> outcome.method() + " failed (" + outcome.name() + ")");
        return Stream.concat(missing, failed).toList();
    }

    /** The tests that were skipped, with the reasons. */
    public List<String> skipped() {
        return those(End.SKIPPED)
                .map(outcome -> outcome.method() + ": " + outcome.reason())
                .toList();
    }

    private Stream<Outcome> those(End end) {
        return outcomes.values().stream().filter(outcome -> outcome.end() == end && methods.contains(outcome.method()));
    }
}
