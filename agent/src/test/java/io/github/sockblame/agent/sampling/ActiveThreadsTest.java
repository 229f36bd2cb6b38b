// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.join.ActiveThread;
import io.github.sockblame.agent.ledger.FakeDescriptorAccess;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.TestLedger;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.agent.log.InternalErrors;
import java.io.FileDescriptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ActiveThreadsTest {

    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final Ledger ledger = TestLedger.of(numbers);
    private final LedgerView view = new LedgerView(ledger);
    private final FakeOwners threads = new FakeOwners();
    private final Object owner = new Object();
    private final Thread here = Thread.currentThread();

    @Test
    void activeThreadHasItsStack() {
        threads.reads(owner, here);
        ActiveThread use = requireNonNull(useOf(owned(7)));

        assertThat(use.writing()).isFalse();
        assertThat(use.where().thread()).isEqualTo(here.getName());
        assertThat(use.where().stack().frames())
                .anyMatch(frame -> frame.getMethodName().equals("activeThreadHasItsStack"));
    }

    @Test
    void writerPrecedesReader() {
        threads.reads(owner, new Thread("reader")).writes(owner, here);

        assertThat(requireNonNull(useOf(owned(7))).writing()).isTrue();
    }

    @Test
    void idleSocketHasNoActiveThread() {
        assertThat(useOf(owned(7))).isNull();
        ledger.opened(numbers.descriptor(8));
        assertThat(useOf(requireNonNull(view.at(8)))).as("without an owner").isNull();
    }

    @Test
    void threadWithoutStackIsReportedByName() {
        threads.writes(owner, new Thread("ended"));
        ActiveThread ended = requireNonNull(useOf(owned(7)));
        assertThat(ended.where().thread()).isEqualTo("ended");
        assertThat(ended.where().stack().frames()).isEmpty();

        long errors = InternalErrors.total();
        threads.writes(owner, new Thread("secretive") {
            @Override
            public StackTraceElement[] getStackTrace() {
                throw new IllegalStateException("no");
            }
        });
        assertThat(requireNonNull(useOf(owned(7))).where().thread()).isEqualTo("secretive");
        assertThat(InternalErrors.total() - errors).isEqualTo(1);
    }

    private @Nullable ActiveThread useOf(TrackedSocket socket) {
        return new ActiveThreads(threads).of(socket);
    }

    private TrackedSocket owned(int number) {
        FileDescriptor fd = numbers.descriptor(number);
        ledger.channelCreated(owner, fd);
        return requireNonNull(view.at(number));
    }
}
