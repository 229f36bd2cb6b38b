// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.trace;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.ledger.TraceRing.TraceEvent;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.agent.redact.Redaction;
import io.github.sockblame.agent.sampling.IoThreadLookup;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.SafeText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One event of the trace as one line, its fields between tabs; an unknown field is a hyphen. */
final class TraceFormat {

    static final String HEADINGS = "# time\tevent\tfd\tremote\tthread\tculprit frame\n";

    private static final String UNKNOWN = "-";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final CulpritFinder culprits;
    private final IoThreadLookup owners;
    private final @Nullable Redaction redaction;

    TraceFormat(CulpritFinder culprits, IoThreadLookup owners, @Nullable Redaction redaction) {
        this.culprits = culprits;
        this.owners = owners;
        this.redaction = redaction;
    }

    String of(TraceEvent traceEvent) {
        TrackedSocket socket = traceEvent.socket();
        return switch (traceEvent.kind()) {
            case OPEN -> line(socket, socket.isAccepted() ? "accept" : "open", socket.opened(), 0);
            case EOF -> line(socket, "eof", socket.eof(), 0);
            case CLOSE -> line(socket, "close", socket.closing(), socket.closedMillis());
        };
    }

    /** The time of a close event is that of the descriptor's end, which may be later than the close request. */
    private String line(TrackedSocket socket, String event, @Nullable CapturedEvent capturedEvent, long millis) {
        long at = millis != 0 || capturedEvent == null ? millis : capturedEvent.millis();
        Frame culprit = capturedEvent == null ? null : culprits.culpritOrEntry(capturedEvent.stack());
        return TIME.format(Instant.ofEpochMilli(at))
                + '\t'
                + event
                + '\t'
                + socket.fd()
                + '\t'
                + remote(socket)
                + '\t'
                + (capturedEvent == null ? UNKNOWN : thread(capturedEvent.thread()))
                + '\t'
                + (culprit == null ? UNKNOWN : SafeText.of(culprit.text()))
                + '\n';
    }

    private String thread(String name) {
        return SafeText.of(redaction == null ? name : redaction.ofThread(name));
    }

    private String remote(TrackedSocket socket) {
        Object owner = socket.owner();
        Endpoint remote = owner == null ? null : owners.remoteOf(owner);
        if (remote == null || remote.port() == 0) {
            return UNKNOWN;
        }
        return redaction == null ? remote.text() : redaction.of(remote);
    }
}
