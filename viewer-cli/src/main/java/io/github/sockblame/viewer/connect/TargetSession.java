// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.io.IOException;
import java.time.Duration;
import javax.management.remote.JMXConnector;
import org.jspecify.annotations.Nullable;

/**
 * Asks one target again and again, over one connection for as long as that holds: an attach and a connection for each question would cost the
 * watched JVM more than the answer, and fill its tables with what they leave. Not for several threads at once.
 */
public final class TargetSession implements AutoCloseable {

    /** A JVM that is stopped does not hear a farewell. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final Target target;
    private @Nullable Held held;

    /** A connection that stays, and whose it is. */
    private record Held(JmxAddress address, JMXConnector connector) {}

    /** Nothing is asked yet. */
    public TargetSession(Target target) {
        this.target = target;
    }

    /** Asks for a whole report. */
    public FetchedReport read() throws CannotAnswerException {
        FetchedReport fetchedReport = askHeld(JmxAddress::readReport);
        return fetchedReport == null ? target.read() : fetchedReport;
    }

    /** Asks for a report that need not list the sockets. */
    public FetchedReport readSummary() throws CannotAnswerException {
        FetchedReport fetchedReport = askHeld(JmxAddress::readSummary);
        return fetchedReport == null ? target.readSummary() : fetchedReport;
    }

    /** The answer over the connection; null if there is none, or none any more: then the target itself says what is wrong. */
    private @Nullable FetchedReport askHeld(JmxAddress.Question<FetchedReport> question) {
        if (held == null) {
            held = begin();
        }
        Held now = held;
        try {
            FetchedReport fetchedReport = now == null ? null : now.address.askIfThere(now.connector, question);
            if (fetchedReport != null) {
                return fetchedReport;
            }
        } catch (CannotAnswerException e) {
            // it is asked anew
        }
        close();
        return null;
    }

    private @Nullable Held begin() {
        try {
            JmxAddress address = null;
            if (target instanceof JmxAddress known) {
                address = known;
            } else if (target instanceof LocalJvm jvm) {
                address = jvm.address();
            }
            return address == null ? null : new Held(address, address.open());
        } catch (CannotAnswerException e) {
            return null; // the target knows other ways, or says why there is none
        }
    }

    /** Ends the connection; the next question begins another one. */
    @Override
    public void close() {
        Held last = held;
        held = null;
        if (last != null) {
            try {
                boolean unused = Deadline.within(FAREWELL, last.address.name(), () -> {
                    try {
                        last.connector.close();
                    } catch (IOException e) {
                        return false; // it is gone
                    }
                    return true;
                });
            } catch (CannotAnswerException e) {
                // it does not hear
            }
        }
    }
}
