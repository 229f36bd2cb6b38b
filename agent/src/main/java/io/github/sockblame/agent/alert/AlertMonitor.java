// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alert;

import io.github.sockblame.agent.sampling.QuickStats;
import io.github.sockblame.agent.service.ReportService;
import io.github.sockblame.agent.service.WatchThreadShare;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.json.ReportJson;
import io.github.sockblame.report.text.LeaksText;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
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

    /**
     * Loads what needs a file to be loaded: the JDK's time zones, which JSON needs. If that fails for lack of a
     * descriptor, the whole program loses them for good.
     */
    public static void preload() {
        TimeZone unused = TimeZone.getTimeZone("UTC");
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
        if (refused && descriptorExhaustion.onRefusal(nowMillis)) {
            Report report = buildReport(nowMillis);
            publisher.publish(List.of(exhaustionAlert(report, nowMillis)), report);
        } else if (isDue(quickStats, nowMillis)) {
            Report report = buildReport(nowMillis);
            publisher.publish(evaluate(report, nowMillis), report);
        }
    }

    /** Reports the end of the JVM. */
    public void alertExit() {
        Report report = reports.build();
        publisher.publish(List.of(new Alert(Alert.Kind.RAISED, "exit", AlertText.of(report))), report);
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

    private Report buildReport(long now) {
        long began = System.nanoTime();
        Report report = reports.build();
        long cost = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        lastEvaluation = now;
        nextEvaluation = now + Math.min(MAX_INTERVAL, Math.max(MIN_INTERVAL, cost * WatchThreadShare.DUTY_DIVISOR));
        return report;
    }

    /** Loads and links all that an alert needs, while there are descriptors and memory for it. */
    private void warmUp() {
        Report report = reports.build();
        String unused = LeaksText.of(report)
                + ReportJson.write(report)
                + new Alert(Alert.Kind.RAISED, "", AlertText.of(report)).line();
    }
}
