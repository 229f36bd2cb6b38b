// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.CallStack;
import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.SampleEvent;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.culprit.CulpritFinders;
import io.github.sockblame.agent.join.EofReader;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The program's code here is the test's: it is neither the agent's, the JDK's nor a library's. */
class EofReadersTest {

    private static final CulpritFinder CULPRITS = CulpritFinders.withKnownLibraries();
    private static final StackTraceElement STREAM = frame("java.net.Socket$SocketInputStream", "read");
    private static final StackTraceElement CHANNEL = frame("sun.nio.ch.SocketChannelImpl", "read");
    private static final StackTraceElement OF_THE_JDK = frame("java.lang.Thread", "run");

    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread = new Thread(this::handle, "reader");

    /** What the thread is in while it stands. */
    private void handle() {
        inside.countDown();
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void endThread() throws InterruptedException {
        end.countDown();
        thread.join();
    }

    @Test
    void aThreadThatIsInTheCodeStillIsThere() throws InterruptedException {
        thread.start();
        inside.await();
        assertThat(of(new FakeOwners(), STREAM, frame(EofReadersTest.class.getName(), "handle")))
                .isEqualTo(EofReader.THERE);
        assertThat(of(new FakeOwners(), STREAM, frame(EofReadersTest.class.getName(), "ask")))
                .as("and now in other code")
                .isEqualTo(EofReader.GONE);
    }

    @Test
    void aThreadThatHasEndedIsGone() throws InterruptedException {
        StackTraceElement reader = frame(EofReadersTest.class.getName(), "handle");
        thread.start();
        end.countDown();
        thread.join();
        assertThat(of(new FakeOwners(), STREAM, reader)).isEqualTo(EofReader.GONE);
        assertThat(new EofReaders(new FakeOwners(), CULPRITS).of(event(STREAM, reader), null))
                .as("and collected")
                .isEqualTo(EofReader.GONE);
    }

    @Test
    void theReadOfAChannelShowsNothing() {
        assertThat(of(new FakeOwners(), CHANNEL, frame("com.acme.Loop", "read")))
                .isEqualTo(EofReader.UNKNOWN);
        assertThat(of(new FakeOwners(), frame("java.io.InputStream", "read"), OF_THE_JDK))
                .as("without a frame of the program")
                .isEqualTo(EofReader.UNKNOWN);
    }

    @Test
    void aStackThatCannotBeReadShowsNothing() throws InterruptedException {
        thread.start();
        inside.await();
        assertThat(of(new FakeOwners().withoutStacks(), STREAM, frame("com.acme.Pay", "call")))
                .isEqualTo(EofReader.UNKNOWN);
    }

    private EofReader of(IoThreadLookup threads, StackTraceElement... frames) {
        return new EofReaders(threads, CULPRITS).of(event(frames), thread);
    }

    private static CapturedEvent event(StackTraceElement... frames) {
        return SampleEvent.of(CallStack.of(frames), "reader", 1, 1);
    }

    private static StackTraceElement frame(String className, String method) {
        return new StackTraceElement(className, method, null, 1);
    }
}
