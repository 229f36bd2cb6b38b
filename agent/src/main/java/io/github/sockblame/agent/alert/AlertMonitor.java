// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alert;

import io.github.sockblame.agent.log.ErrorText;
import io.github.sockblame.agent.log.Log;
import io.github.sockblame.agent.memory.NoRoomException;
import io.github.sockblame.agent.sampling.QuickStats;
import io.github.sockblame.agent.service.ReportLease;
import io.github.sockblame.agent.service.ReportService;
import io.github.sockblame.agent.service.WatchThreadShare;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.ReportDetail;
import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.report.write.ReportWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a condition of the user holds, or the kernel has refused a descriptor, and publishes what has changed.
 *
 * <p>On the watch thread alone. A check needs a report. So it runs only when the quick figures of a round show that a
 * report may be worth its cost, and then again after a while. It may take one part in two hundred of the time, as the
 * rounds do, unless that would delay it by more than half a minute.
 */
public final class AlertMonitor {

    private static final long MIN_INTERVAL = TimeUnit.SECONDS.toMillis(5);

    /** The quick figures miss some leaks. */
    private static final long MAX_INTERVAL = TimeUnit.SECONDS.toMillis(30);

    private static final long WARM_UP_DELAY = TimeUnit.SECONDS.toMillis(10);

    private final List<Trigger> triggers;
    private final ReportService reports;
    private final ActiveAlerts activeAlerts;
    private final DescriptorExhaustion descriptorExhaustion = new DescriptorExhaustion();
    private final AlertPublisher publisher;
    private long nextEvaluation;
    private long lastEvaluation;
    private long firstCheck;
    private boolean warm;
    private String lastFailure = "";

    /**
     * Checks these conditions.
     *
     * @param files the files for reports; null for none
     */
    public AlertMonitor(List<Trigger> triggers, ReportService reports, @Nullable ReportFiles files) {
        this.triggers = List.copyOf(triggers);
        this.reports = reports;
        this.activeAlerts = new ActiveAlerts(this.triggers);
        this.publisher = new AlertPublisher(files);
    }

    /** Adds a listener. */
    public void addListener(AlertListener alertListener) {
        publisher.addListener(alertListener);
    }

    /** Returns whether the options have an alert for the end of the JVM. */
    public boolean wantsExit() {
        for (Trigger trigger : triggers) { // no lambda: this runs in each JVM that uses sockets, soon after its start
            if (trigger.isExit()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Checks once in a round.
     *
     * @param refused whether the kernel refused a descriptor since the last round
     * @param nowMillis a time that never goes back, unlike the clock's
     */
    public void check(QuickStats quickStats, boolean refused, long nowMillis) {
        firstCheck = firstCheck == 0 ? nowMillis : firstCheck;
        if (!warm && !refused && isTimeToWarmUp(quickStats, nowMillis)) {
            warm = true;
            warmUp();
        }
        try {
            checkConditions(quickStats, refused, nowMillis);
        } catch (NoRoomException e) {
            return; // a line has reported it, and it is no error of the agent
        }
    }

    private void checkConditions(QuickStats quickStats, boolean refused, long nowMillis) {
        if (refused && descriptorExhaustion.onRefusal(nowMillis)) {
            try (ReportLease lease = leaseReport(Alert.EXHAUSTED, nowMillis)) {
                Report report = lease.report();
                publisher.publish(List.of(exhaustionAlert(report, nowMillis)), report);
            }
        } else if (isDue(quickStats, nowMillis)) {
            try (ReportLease lease = leaseReport("check", nowMillis)) {
                publisher.publish(evaluate(lease.report(), nowMillis), lease.report());
            }
        }
    }

    /** Reports the end of the JVM. */
    public void alertExit() {
        try (ReportLease lease = leaseReport("exit", lastEvaluation)) {
            Report report = lease.report();
            publisher.publish(List.of(new Alert(Alert.Kind.RAISED, "exit", AlertText.of(report))), report);
        } catch (NoRoomException e) {
            return; // a line has reported it
        }
    }

    /** At the first signs, or when the program has begun its work: a short program must not pay for it. */
    private boolean isTimeToWarmUp(QuickStats quickStats, long now) {
        return quickStats.suspects() > 0
                || (quickStats.descriptorLimit() > 0 && quickStats.openDescriptors() * 4 > quickStats.descriptorLimit())
                || now - firstCheck >= WARM_UP_DELAY;
    }

    private boolean isDue(QuickStats quickStats, long now) {
        if (now < nextEvaluation) {
            return false;
        }
        boolean blind =
                now - lastEvaluation >= MAX_INTERVAL && triggers.stream().anyMatch(Trigger::isAboutLeaks);
        return blind
                || descriptorExhaustion.isActive()
                || activeAlerts.isAnyRaised()
                || triggers.stream().anyMatch(trigger -> trigger.mayHold(quickStats));
    }

    /** What has changed since the last evaluation. */
    private List<Alert> evaluate(Report report, long now) {
        List<Alert> alerts = new ArrayList<>();
        if (descriptorExhaustion.checkResolved(now)) {
            String text = AlertText.resolved("", 0, descriptorExhaustion.duration(), report);
            alerts.add(new Alert(Alert.Kind.RESOLVED, Alert.EXHAUSTED, text));
        }
        alerts.addAll(activeAlerts.update(report));
        return alerts;
    }

    private Alert exhaustionAlert(Report report, long now) {
        return new Alert(descriptorExhaustion.nextKind(now), Alert.EXHAUSTED, AlertText.of(report));
    }

    /**
     * Builds the report of this alert or check. If that fails, the next check comes after the longest pause, and a line
     * reports the failure: silence would look like a program without a problem.
     */
    private ReportLease leaseReport(String alert, long now) {
        lastEvaluation = now;
        nextEvaluation = now + MAX_INTERVAL;
        long began = System.nanoTime();
        ReportLease lease;
        try {
            lease = reports.lease(ReportDetail.WHOLE);
            lastFailure = "";
        } catch (NoRoomException e) {
            printOnce("no report for the alert (" + alert + "): not enough memory for any report");
            throw e;
        } catch (Throwable t) {
            printOnce("no report for the alert (" + alert + "): " + ErrorText.of(t));
            throw t;
        }
        long cost = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        nextEvaluation = now + Math.min(MAX_INTERVAL, Math.max(MIN_INTERVAL, cost * WatchThreadShare.DUTY_DIVISOR));
        return lease;
    }

    private void printOnce(String failure) {
        if (!failure.equals(lastFailure)) {
            lastFailure = failure;
            Log.line(failure);
        }
    }

    /**
     * Loads and links all that an alert needs, while there are descriptors and memory for it. A report of the program
     * would load the same classes, and would need memory for each of its sockets.
     */
    private static void warmUp() {
        Report report = RehearsalReport.make();
        String unused = LeaksText.of(report) + new Alert(Alert.Kind.RAISED, "", AlertText.of(report)).line();
        try {
            ReportWriter.write(report, OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // impossible: there is no file
        }
    }
}
