// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alert;

import io.github.sockblame.agent.log.ErrorText;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.log.Log;
import io.github.sockblame.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The one place that publishes alerts: on standard error, in a file if the options name one, and to all listeners.
 *
 * <p>Any thread may add a listener; only the watch thread publishes.
 */
final class AlertPublisher {

    private static final int MAX_LINES = 5;

    private final @Nullable ReportDestination files;
    private final List<AlertListener> listeners = new CopyOnWriteArrayList<>();

    AlertPublisher(@Nullable ReportDestination files) {
        this.files = files;
    }

    void addListener(AlertListener listener) {
        listeners.add(listener);
    }

    /**
     * Publishes these alerts. The report is written if any of them is about a condition that holds.
     *
     * @param alerts the alerts of one check; none has no effect
     * @param report the report in which they were found
     */
    void publish(List<Alert> alerts, Report report) {
        for (Alert alert : alerts.subList(0, Math.min(MAX_LINES, alerts.size()))) {
            Log.line(alert.line());
        }
        if (alerts.size() > MAX_LINES) {
            Log.line("and " + (alerts.size() - MAX_LINES) + " more like these");
        }
        if (alerts.stream().anyMatch(alert -> alert.kind() != Alert.Kind.RESOLVED)) {
            writeFile(report);
        }
        for (Alert alert : alerts) {
            notifyListeners(alert);
        }
    }

    private void writeFile(Report report) {
        if (files == null) {
            return;
        }
        try {
            Path file = files.write(report);
            Log.line("report: " + file);
        } catch (IOException e) {
            Log.line("cannot write the report (" + e + ")");
        } catch (Throwable t) { // an alert without its file must not be silent
            InternalErrors.count(t);
            Log.line("cannot write the report (" + ErrorText.of(t) + ")");
        }
    }

    private void notifyListeners(Alert alert) {
        for (AlertListener listener : listeners) {
            try {
                listener.onAlert(alert);
            } catch (Throwable t) {
                InternalErrors.count(t);
            }
        }
    }
}
