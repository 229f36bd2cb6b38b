// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.ledger.FakeDescriptorAccess;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.TestLedger;
import io.github.sockblame.agent.ledger.TrackedSocket;
import java.io.FileDescriptor;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CapturedEventTest {

    private final StackInterner pool = new StackInterner();
    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final Ledger ledger = TestLedger.of(numbers);
    private final LedgerView view = new LedgerView(ledger);

    @Test
    void theResolvedStackIsTheSameStack() {
        CapturedEvent capturedEvent = new StackCapturer(StackCapturer.UNLIMITED).capture(null);
        CallStack before = capturedEvent.stack();
        assertThat(capturedEvent.isResolved()).isFalse();
        capturedEvent.resolve(pool);

        assertThat(capturedEvent.isResolved()).isTrue();
        assertThat(capturedEvent.stack()).isEqualTo(before).hasSameHashCodeAs(before);
        assertThat(capturedEvent.stack().frames().get(0).getMethodName()).isEqualTo("capture");
        assertThat(capturedEvent.stack().frames().get(1).getMethodName()).isEqualTo("theResolvedStackIsTheSameStack");
    }

    @Test
    void equalStacksAreOneObject() {
        List<CapturedEvent> witnesses = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            witnesses.add(new StackCapturer(StackCapturer.UNLIMITED).capture(null));
        }
        CapturedEvent other = new StackCapturer(StackCapturer.UNLIMITED).capture(null);
        witnesses.forEach(capturedEvent -> capturedEvent.resolve(pool));
        other.resolve(pool);

        assertThat(witnesses.get(1).stack()).isSameAs(witnesses.get(0).stack());
        assertThat(witnesses.get(2).stack()).isSameAs(witnesses.get(0).stack());
        assertThat(other.stack()).isNotEqualTo(witnesses.get(0).stack());
        assertThat(pool.size()).isEqualTo(2);
    }

    @Test
    void theInternerKeepsNoStackWithoutAReference() {
        WeakReference<CallStack> stack =
                new WeakReference<>(pool.intern(new CallStack(new Throwable().getStackTrace())));

        assertThat(AwaitGc.isCollected(stack)).isTrue();
        long began = System.nanoTime();
        while (pool.size() > 0 && System.nanoTime() - began < TimeUnit.SECONDS.toNanos(20)) {
            Thread.onSpinWait(); // the map is told a moment later
        }
        assertThat(pool.size()).isZero();
    }

    @Test
    void aStackCannotBeChangedFromOutside() {
        StackTraceElement[] frames = {new StackTraceElement("a.B", "c", "B.java", 1)};
        CallStack stack = CallStack.of(frames);
        frames[0] = new StackTraceElement("x.Y", "z", "Y.java", 2);

        assertThat(stack.frames().get(0).getClassName()).isEqualTo("a.B");
    }

    @Test
    void youngStacksStayUnresolved() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        TrackedSocket socket = requireNonNull(view.at(7));
        view.resolveStacksBefore(requireNonNull(socket.opened()).millis());
        assertThat(requireNonNull(socket.opened()).isResolved()).isFalse();

        view.resolveStacksBefore(requireNonNull(socket.opened()).millis() + 1);
        assertThat(requireNonNull(socket.opened()).isResolved()).isTrue();
    }

    @Test
    void aLaterStackIsResolvedLater() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        TrackedSocket socket = requireNonNull(view.at(7));
        view.resolveStacksBefore(Long.MAX_VALUE);
        ledger.eofRead(fd);
        ledger.closeRequested(fd, true);
        CapturedEvent told = requireNonNull(socket.eof());
        CapturedEvent asked = requireNonNull(socket.closing());
        assertThat(told.isResolved()).isFalse();

        view.resolveStacksBefore(Long.MAX_VALUE);
        assertThat(told.isResolved()).isTrue();
        assertThat(asked.isResolved()).isTrue();
    }

    @Test
    void theStackOfAClosedListenerIsResolvedWithItsConnection() {
        FileDescriptor listener = numbers.descriptor(5);
        FileDescriptor connection = numbers.descriptor(6);
        ledger.opened(listener);
        ledger.descriptorSeen(connection);
        TrackedSocket socket = requireNonNull(view.at(6));
        requireNonNull(socket.opened()).resolve(pool);
        ledger.accepted(listener, numbers.socket(connection));
        ledger.closed(listener);
        view.resolveStacksBefore(Long.MAX_VALUE);

        assertThat(requireNonNull(socket.listenerOpened()).isResolved()).isTrue();
    }

    @Test
    void aThreadWithoutNameHasItsNumber() throws InterruptedException {
        assertThat(witnessedBy(task -> new Thread(task, ""))).matches("nameless thread #\\d+");
        assertThat(witnessedBy(task -> new Thread(task, "worker 7"))).isEqualTo("worker 7");
        assertThat(SampleEvent.of(CallStack.of(), "", 22, 0).thread()).isEqualTo("virtual thread #22");
    }

    @Test
    void noCodeOfTheProgramRuns() throws InterruptedException {
        assertThat(witnessedBy(task -> new Theirs(task, "theirs"))).isEqualTo("theirs");
        assertThat(witnessedBy(task -> new Theirs(task, ""))).isEqualTo("nameless thread");
    }

    private static final class Theirs extends Thread {

        Theirs(Runnable task, String name) {
            super(task, name);
        }

        @Override
        public long getId() {
            throw new IllegalStateException("this is the program's");
        }
    }

    private static String witnessedBy(Function<Runnable, Thread> program) throws InterruptedException {
        AtomicReference<String> seen = new AtomicReference<>();
        Thread thread = program.apply(() -> seen.set(
                new StackCapturer(StackCapturer.UNLIMITED).capture(null).thread()));
        thread.start();
        thread.join();
        return seen.get();
    }
}
