// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.trace;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.ledger.FakeDescriptorAccess;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.ledger.TestLedger;
import io.github.sockblame.agent.ledger.TraceRing;
import io.github.sockblame.agent.redact.Redaction;
import io.github.sockblame.agent.reporting.ProgramInfo;
import io.github.sockblame.agent.reporting.ReportBuilderTest;
import io.github.sockblame.agent.sampling.FakeOwners;
import io.github.sockblame.agent.sampling.IoThreadLookup;
import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceWriterTest {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    @TempDir
    Path folder;

    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final TraceRing ring = new TraceRing();
    private final Ledger ledger = TestLedger.of(numbers, ring);
    private @Nullable Redaction redaction;
    private IoThreadLookup owners = FakeOwners.NONE;

    @Test
    void aLifeIsThreeLines() throws IOException {
        TraceWriter traceWriter = trace(1 << 20);
        traceWriter.write();
        live(7);
        traceWriter.write();

        List<String> lines = Files.readAllLines(folder.resolve("trace-42.tsv"));
        assertThat(lines.get(0)).isEqualTo("# time\tevent\tfd\tremote\tthread\tculprit frame");
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).matches(TIME + "\topen\t7\t-\tmain\t.*");
        assertThat(lines.get(2)).matches(TIME + "\teof\t7\t-\tmain\t.*");
        assertThat(lines.get(3)).matches(TIME + "\tclose\t7\t-\tmain\t.*");
        assertThat(traceWriter.health().lines()).isEqualTo(3);
        assertThat(traceWriter.health().endReason()).isNull();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("trace-42.tsv"))))
                .isEqualTo("rw-------");
    }

    @Test
    void detachedItWritesWhatThereIsAndCloses() throws IOException {
        TraceWriter traceWriter = trace(1 << 20);
        live(7);
        traceWriter.finish();
        assertThat(Files.readAllLines(folder.resolve("trace-42.tsv"))).hasSize(4);
        assertThat(traceWriter.health().endReason()).isEqualTo("the agent is detached");
        live(8);
        traceWriter.finish();
        assertThat(Files.readAllLines(folder.resolve("trace-42.tsv"))).hasSize(4);
    }

    @Test
    void closeWithoutRequestHasNoThread() throws IOException {
        TraceWriter traceWriter = trace(1 << 20);
        ledger.opened(numbers.descriptor(7));
        ledger.closedByCleaner(7);
        traceWriter.write();

        assertThat(Files.readAllLines(folder.resolve("trace-42.tsv")).get(2)).matches(TIME + "\tclose\t7\t-\t-\t-");
    }

    @Test
    void namesOfThreadsAreRedacted() throws Exception {
        redaction = new Redaction();
        TraceWriter traceWriter = trace(1 << 20);
        Thread thread = new Thread(() -> live(7), "to 10.2.3.4\tnow");
        thread.start();
        thread.join();
        traceWriter.write();

        assertThat(Files.readString(folder.resolve("trace-42.tsv")))
                .contains("\tto host-1?now\t")
                .doesNotContain("10.2.3.4");
    }

    @Test
    void itGetsNoLongerThanItMay() throws IOException {
        TraceWriter traceWriter = trace(1024);
        for (int fd = 0; fd < 100; fd++) {
            live(fd);
        }
        traceWriter.write();
        live(7);
        traceWriter.write();

        Path file = folder.resolve("trace-42.tsv");
        assertThat(Files.size(file)).isLessThanOrEqualTo(1024);
        assertThat(Files.readAllLines(file)).last().isEqualTo("# the trace ends here: trace.max is 1024 bytes");
        assertThat(requireNonNull(traceWriter.health().endReason())).endsWith("has as many bytes as trace.max allows");
        assertThat(traceWriter.health().lines())
                .isEqualTo(Files.readAllLines(file).size() - 2);
        assertThat(ring.drain(1)).isEmpty();
    }

    @Test
    void droppedEventsAreCounted() throws IOException {
        TraceWriter traceWriter = trace(10 << 20);
        for (int i = 0; i < 3000; i++) {
            live(7); // three events each
        }
        traceWriter.flush();

        assertThat(traceWriter.health().dropped()).isEqualTo(9000 - 8192);
        assertThat(traceWriter.health().lines()).isEqualTo(8192);
        assertThat(Files.readAllLines(folder.resolve("trace-42.tsv")))
                .contains("# 808 events before this line were dropped")
                .hasSize(8192 + 2);
    }

    @Test
    void noFileAndNoLinkIsWrittenOver() throws IOException {
        Path file = folder.resolve("trace-42.tsv");
        Path elsewhere = folder.resolve("elsewhere");
        Files.createSymbolicLink(file, elsewhere);
        TraceWriter traceWriter = trace(1024);
        traceWriter.write();

        assertThat(elsewhere).doesNotExist();
        assertThat(requireNonNull(traceWriter.health().endReason()))
                .isEqualTo(file + " exists already: put %p or %t into its name");
    }

    /** A runtime image may lack a module. */
    @Test
    void missingClassEndsTheTrace() {
        owners = (IoThreadLookup) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {IoThreadLookup.class}, (proxy, method, arguments) -> {
                    throw new NoClassDefFoundError("org/w3c/dom/Node");
                });
        TraceWriter traceWriter = trace(1024);
        Object channel = new Object();
        ledger.channelCreated(channel, numbers.descriptor(7));
        try {
            traceWriter.write();
        } finally {
            Reference.reachabilityFence(channel);
        }

        assertThat(requireNonNull(traceWriter.health().endReason())).contains("NoClassDefFoundError: org/w3c/dom/Node");
    }

    private TraceWriter trace(long maxBytes) {
        return new TraceWriter(
                new TraceSettings(folder + "/trace-%p.tsv", maxBytes, redaction),
                ring,
                CulpritFinder.of(List.of(), List.of()),
                owners,
                new ProgramInfo("test", ReportBuilderTest.PROGRAM));
    }

    private void live(int number) {
        FileDescriptor fd = numbers.descriptor(number);
        ledger.opened(fd);
        ledger.eofRead(fd);
        ledger.closeRequested(fd, true);
        ledger.closed(fd);
    }
}
