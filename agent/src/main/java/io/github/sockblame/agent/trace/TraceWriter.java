// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.file.AppendedFile;
import io.github.sockblame.agent.file.FilePattern;
import io.github.sockblame.agent.file.JdkPaths;
import io.github.sockblame.agent.ledger.TraceRing;
import io.github.sockblame.agent.ledger.TraceRing.TraceEvent;
import io.github.sockblame.agent.log.Log;
import io.github.sockblame.agent.reporting.ProgramInfo;
import io.github.sockblame.agent.sampling.IoThreadLookup;
import io.github.sockblame.report.TraceHealth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of sockets into one file, a line each. The file is new, is for its owner alone, and never gets
 * longer than the option allows.
 *
 * <p>Only the watch thread writes, in its rounds. A reader of its state does not wait for the disk.
 */
public final class TraceWriter {

    /** The largest number of lines in one round. A long round delays the next, so a flood is dropped instead. */
    private static final int LINES_PER_ROUND = 2000;

    /** Enough for the last line, which has the reason for the end of the trace. */
    private static final int END_RESERVE_BYTES = 200;

    private final TraceSettings settings;
    private final TraceRing ring;
    private final CulpritFinder culprits;
    private final IoThreadLookup owners;
    private final ProgramInfo programInfo;
    private @Nullable TraceFormat lines;
    private @Nullable AppendedFile file;
    private String name = "";
    private final AtomicLong written = new AtomicLong();
    private long droppedTold;
    private volatile @Nullable String ended;

    /** Writes the events of this ring. It opens no file yet. */
    public TraceWriter(
            TraceSettings settings,
            TraceRing ring,
            CulpritFinder culprits,
            IoThreadLookup owners,
            ProgramInfo programInfo) {
        this.settings = settings;
        this.ring = ring;
        this.culprits = culprits;
        this.owners = owners;
        this.programInfo = programInfo;
    }

    /** Writes the events since the last time, up to the limit of one round. */
    public void write() {
        if (ended == null) {
            try {
                writeSome();
            } catch (IOException | RuntimeException | LinkageError e) {
                stop(
                        e instanceof FileAlreadyExistsException
                                ? name + " exists already: put %p or %t into its name"
                                : "cannot write " + name + " (" + e + ")");
            }
        }
    }

    /** Writes the rest at the end of the JVM. */
    public void flush() {
        long before;
        do {
            before = written.get();
            write();
        } while (ended == null && written.get() - before == LINES_PER_ROUND);
    }

    /** Writes all events until now and closes the file, because the agent is detached. */
    public void finish() {
        flush();
        if (ended == null) {
            stop("the agent is detached");
        }
    }

    /** The state of the trace. */
    public TraceHealth health() {
        return new TraceHealth(written.get(), ring.dropped(), ended);
    }

    private void writeSome() throws IOException {
        AppendedFile to = file;
        if (to == null) {
            name = FilePattern.fill(
                    settings.filePattern(), programInfo.program().pid(), Instant.now());
            to = AppendedFile.create(JdkPaths.of(name));
            file = to;
            to.append(TraceFormat.HEADINGS.getBytes(UTF_8));
        }
        TraceFormat line = lines;
        if (line == null) {
            line = new TraceFormat(culprits, owners, settings.redaction());
            lines = line;
        }
        ByteArrayOutputStream some = new ByteArrayOutputStream();
        long count = 0;
        boolean full = false;
        for (TraceEvent traceEvent : ring.drain(LINES_PER_ROUND)) {
            byte[] bytes = line.of(traceEvent).getBytes(UTF_8);
            full = full || to.length() + some.size() + bytes.length > settings.maxBytes() - END_RESERVE_BYTES;
            if (!full) {
                some.writeBytes(bytes);
                count++;
            }
        }
        long dropped = ring.dropped();
        if (dropped > droppedTold && !full) {
            some.writeBytes(
                    ("# " + (dropped - droppedTold) + " events before this line were dropped\n").getBytes(UTF_8));
            droppedTold = dropped;
        }
        to.append(some.toByteArray());
        written.addAndGet(count);
        if (full) {
            to.append(("# the trace ends here: trace.max is " + settings.maxBytes() + " bytes\n").getBytes(UTF_8));
            stop(name + " has as many bytes as trace.max allows");
        }
    }

    private void stop(String why) {
        ended = why;
        ring.stop();
        Log.line("the trace ends: " + why);
        AppendedFile open = file;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                Log.line("cannot close " + name + " (" + e + ")");
            }
        }
    }
}
