// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CleanerThreadsTest {

    @ParameterizedTest
    @ValueSource(strings = {"Common-Cleaner", "Finalizer"})
    void theThreadOfThisNameThatTheJdkStarted(String name) {
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals(name))
                .singleElement()
                .matches(CleanerThreads::isOne);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Common-Cleaner", "Finalizer"})
    void noThreadOfTheProgramWithTheName(String name) {
        assertThat(CleanerThreads.isOne(new Thread(name))).isFalse();
        assertThat(CleanerThreads.isOne(new Thread(name) {})).isFalse();
    }

    @Test
    void noThreadOfACleanerOfTheProgram() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Cleaner.create().register(new Object(), () -> thread.set(Thread.currentThread()));
        long began = System.nanoTime();
        while (thread.get() == null && System.nanoTime() - began < 20_000_000_000L) {
            System.gc();
        }
        assertThat(thread.get()).isNotNull().matches(known -> !CleanerThreads.isOne(known));
    }

    @Test
    void theCurrentThread() throws Exception {
        AtomicBoolean onFinalizer = new AtomicBoolean();
        FinalizerThread.run(() -> onFinalizer.set(CleanerThreads.isCurrent()));

        assertThat(onFinalizer).isTrue();
        assertThat(CleanerThreads.isCurrent()).isFalse();
    }
}
