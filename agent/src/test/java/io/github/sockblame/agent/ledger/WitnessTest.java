// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileDescriptor;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class WitnessTest {

    private final StackPool pool = new StackPool();
    private final GivenNumbers numbers = new GivenNumbers();
    private final Ledger ledger = new Ledger(numbers);

    @Test
    void theResolvedStackIsTheSameStack() {
        Witness witness = new Captures(Captures.UNLIMITED).take(null);
        CallStack before = witness.stack();
        assertThat(witness.isResolved()).isFalse();
        witness.resolve(pool);

        assertThat(witness.isResolved()).isTrue();
        assertThat(witness.stack()).isEqualTo(before).hasSameHashCodeAs(before);
        assertThat(witness.stack().frames().get(0).getMethodName()).isEqualTo("take");
        assertThat(witness.stack().frames().get(1).getMethodName()).isEqualTo("theResolvedStackIsTheSameStack");
    }

    @Test
    void equalStacksAreOneObject() {
        List<Witness> witnesses = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            witnesses.add(new Captures(Captures.UNLIMITED).take(null));
        }
        Witness other = new Captures(Captures.UNLIMITED).take(null);
        witnesses.forEach(witness -> witness.resolve(pool));
        other.resolve(pool);

        assertThat(witnesses.get(1).stack()).isSameAs(witnesses.get(0).stack());
        assertThat(witnesses.get(2).stack()).isSameAs(witnesses.get(0).stack());
        assertThat(other.stack()).isNotEqualTo(witnesses.get(0).stack());
        assertThat(pool.size()).isEqualTo(2);
    }

    @Test
    void thePoolKeepsNoStackThatNobodyNames() {
        WeakReference<CallStack> stack =
                new WeakReference<>(pool.intern(new CallStack(new Throwable().getStackTrace())));

        assertThat(Garbage.isCollected(stack)).isTrue();
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
    void theYoungStayUnresolved() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        TrackedSocket socket = requireNonNull(ledger.at(7));
        ledger.resolveWitnessedBefore(requireNonNull(socket.opened()).millis());
        assertThat(requireNonNull(socket.opened()).isResolved()).isFalse();

        ledger.resolveWitnessedBefore(requireNonNull(socket.opened()).millis() + 1);
        assertThat(requireNonNull(socket.opened()).isResolved()).isTrue();
    }

    @Test
    void whatCameLaterIsResolvedLater() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        TrackedSocket socket = requireNonNull(ledger.at(7));
        ledger.resolveWitnessedBefore(Long.MAX_VALUE);
        ledger.eofRead(fd);
        ledger.closeRequested(fd, true);
        Witness told = requireNonNull(socket.endOfFile());
        Witness asked = requireNonNull(socket.closing());
        assertThat(told.isResolved()).isFalse();

        ledger.resolveWitnessedBefore(Long.MAX_VALUE);
        assertThat(told.isResolved()).isTrue();
        assertThat(asked.isResolved()).isTrue();
    }

    @Test
    void aListenerThatIsGoneIsResolvedWithItsConnection() {
        FileDescriptor listener = numbers.descriptor(5);
        FileDescriptor connection = numbers.descriptor(6);
        ledger.opened(listener);
        ledger.descriptorSeen(connection);
        TrackedSocket socket = requireNonNull(ledger.at(6));
        requireNonNull(socket.opened()).resolve(pool);
        ledger.accepted(listener, numbers.socket(connection));
        ledger.closed(listener);
        ledger.resolveWitnessedBefore(Long.MAX_VALUE);

        assertThat(requireNonNull(socket.listenerOpened()).isResolved()).isTrue();
    }

    @Test
    void aNamelessThreadIsToldByItsNumber() throws InterruptedException {
        assertThat(witnessedBy(task -> new Thread(task, ""))).matches("nameless thread #\\d+");
        assertThat(witnessedBy(task -> new Thread(task, "worker 7"))).isEqualTo("worker 7");
        assertThat(new Witness(CallStack.of(), "", 22, 0).thread()).isEqualTo("virtual thread #22");
    }

    @Test
    void codeOfTheProgramIsNotRun() throws InterruptedException {
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
        Thread thread = program.apply(
                () -> seen.set(new Captures(Captures.UNLIMITED).take(null).thread()));
        thread.start();
        thread.join();
        return seen.get();
    }
}
