// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Adds to the failure of a test what its watched programs said, and lets none of them outlive the test. */
public final class TargetOutputOnFailure implements TestExecutionExceptionHandler, AfterEachCallback {

    private static final ThreadLocal<List<TargetProcess>> STARTED = ThreadLocal.withInitial(ArrayList::new);

    static void started(TargetProcess process) {
        STARTED.get().add(process);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        for (TargetProcess process : STARTED.get()) {
            failure.addSuppressed(new Told(process.toString()));
        }
        throw failure;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        STARTED.get().forEach(TargetProcess::kill);
        STARTED.remove();
    }

    /** What a watched program said. */
    private static final class Told extends Exception {

        Told(String text) {
            super(text, null, false, false);
        }
    }
}
