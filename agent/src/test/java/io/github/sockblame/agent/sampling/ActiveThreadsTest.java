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
import io.github.sockblame.agent.memory.HeapRoom;
import java.io.FileDescriptor;
import java.util.BitSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

        threads.withoutStacks().writes(owner, here);
        ActiveThread unreadable = requireNonNull(useOf(owned(7)));
        assertThat(unreadable.where().thread()).isEqualTo(here.getName());
        assertThat(unreadable.where().stack().frames()).isEmpty();
    }

    @Test
    void stacksOfThreadsCountInTheMemoryForStacks() {
        threads.reads(owner, here);
        view.limitStackMemory(100 << 10, frames -> new BitSet(), HeapRoom.unlimited());
        ActiveThread use = requireNonNull(useOf(owned(7)));
        assertThat(use.where().stack().frames()).isNotEmpty();
        assertThat(view.stackUsage().usedBytes()).isPositive();

        view.limitStackMemory(1, frames -> new BitSet(), HeapRoom.unlimited());
        Object other = new Object();
        ledger.channelCreated(other, numbers.descriptor(8));
        threads.reads(other, here);
        ActiveThread above = requireNonNull(useOf(requireNonNull(view.at(8))));
        assertThat(above.where().stack().frames()).isEmpty();
        assertThat(above.where().thread()).isEqualTo(here.getName());
        assertThat(view.stackUsage().discarded()).isPositive();
    }

    @Test
    void noOverrideOfTheProgramRuns() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Overriding theirs = new Overriding(end);
        theirs.start();
        theirs.running.await();
        threads.writes(owner, theirs);
        ActiveThread use = requireNonNull(useOf(owned(7)));

        assertThat(use.where().thread()).isEqualTo("theirs");
        assertThat(use.where().stack().frames())
                .anyMatch(frame -> frame.getClassName().equals(Overriding.class.getName()));
        end.countDown();
        theirs.join();
    }

    /** Its overrides must not run on a thread of the agent, where they might wait for a lock. */
    private static final class Overriding extends Thread {

        final CountDownLatch running = new CountDownLatch(1);
        private final CountDownLatch end;

        Overriding(CountDownLatch end) {
            super("theirs");
            this.end = end;
        }

        @Override
        public void run() {
            running.countDown();
            for (boolean ended = false; !ended; ) {
                try {
                    ended = end.await(1, TimeUnit.MINUTES);
                } catch (InterruptedException e) {
                    ended = true;
                }
            }
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("this is the program's");
        }

        @Override
        public long getId() {
            throw new IllegalStateException("this is the program's");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("this is the program's");
        }
    }

    private @Nullable ActiveThread useOf(TrackedSocket socket) {
        return new ActiveThreads(threads, view).of(socket);
    }

    private TrackedSocket owned(int number) {
        FileDescriptor fd = numbers.descriptor(number);
        ledger.channelCreated(owner, fd);
        return requireNonNull(view.at(number));
    }
}
