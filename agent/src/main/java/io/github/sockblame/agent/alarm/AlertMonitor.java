// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alarm;

import io.github.sockblame.agent.diagnosis.ReportService;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.log.Log;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.ReportJson;
import io.github.sockblame.report.text.LeaksText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a condition of the user holds, or the kernel has refused a descriptor, and reports it: on standard
 * error, in a file if the options name one, and to all listeners.
 *
 * <p>On the watch thread alone. A check needs a report. So it runs only when the quick figures of a round show that a
 * report may be worth its cost, and then again after a while. It may take one part in two hundred of the time, as the
 * rounds do, unless that would delay it by more than half a minute.
 */
public final class AlertMonitor {

    private static final long BETWEEN_LOOKS = TimeUnit.SECONDS.toMillis(5);

    /** The quick figures miss some leaks. */
    private static final long MAX_INTERVAL = TimeUnit.SECONDS.toMillis(30);

    private static final long WARM_UP_DELAY = TimeUnit.SECONDS.toMillis(10);
    private static final long DUTY_DIVISOR = 200;
    private static final int MAX_LINES = 5;

    private final List<Trigger> triggers;
    private final ReportService reports;
    private final @Nullable ReportFiles files;
    private final ActiveAlerts activeAlerts;
    private final List<AlertListener> outlets = new CopyOnWriteArrayList<>();
    private long nextLook;
    private long lastLook;
    private long firstLook;
    private boolean warm;
    private final DescriptorExhaustion descriptorExhaustion = new DescriptorExhaustion();

    /**
     * Checks these conditions.
     *
     * @param files the files for reports; null for none
     */
    public AlertMonitor(List<Trigger> triggers, ReportService reports, @Nullable ReportFiles files) {
        this.triggers = List.copyOf(triggers);
        this.reports = reports;
        this.files = files;
        this.activeAlerts = new ActiveAlerts(this.triggers);
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
        outlets.add(alertListener);
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
        firstLook = firstLook == 0 ? nowMillis : firstLook;
        if (!warm && !refused && isTimeToWarmUp(quickStats, nowMillis)) {
            warm = true;
            warmUp();
        }
        if (refused && descriptorExhaustion.onRefusal(nowMillis)) {
            alertExhaustion(nowMillis);
        } else if (isDue(quickStats, nowMillis)) {
            evaluate(nowMillis);
        }
    }

    /** At the first signs, or when the program has begun its work: a short program must not pay for it. */
    private boolean isTimeToWarmUp(QuickStats quickStats, long now) {
        return quickStats.suspects() > 0
                || (quickStats.descriptorLimit() > 0 && quickStats.openDescriptors() * 4 > quickStats.descriptorLimit())
                || now - firstLook >= WARM_UP_DELAY;
    }

    private boolean isDue(QuickStats quickStats, long now) {
        if (now < nextLook) {
            return false;
        }
        boolean blind = now - lastLook >= MAX_INTERVAL && triggers.stream().anyMatch(Trigger::isAboutLeaks);
        return blind
                || descriptorExhaustion.isActive()
                || activeAlerts.isAnyRaised()
                || triggers.stream().anyMatch(trigger -> trigger.mayHold(quickStats));
    }

    private void evaluate(long now) {
        Report report = take(now);
        List<Alert> news = activeAlerts.update(report);
        if (descriptorExhaustion.checkResolved(now)) {
            tell(new Alert(
                    Alert.Kind.RESOLVED,
                    Alert.EXHAUSTED,
                    AlertText.resolved("", 0, descriptorExhaustion.duration(), report)));
        }
        if (news.isEmpty()) {
            return;
        }
        boolean worse = news.stream().anyMatch(alert -> alert.kind() != Alert.Kind.RESOLVED);
        for (Alert alert : news.subList(0, Math.min(MAX_LINES, news.size()))) {
            Log.line(alert.line());
        }
        if (news.size() > MAX_LINES) {
            Log.line("and " + (news.size() - MAX_LINES) + " more like these");
        }
        if (worse) {
            writeFile(report);
        }
        for (Alert alert : news) {
            tellOutlets(alert);
        }
    }

    private void alertExhaustion(long now) {
        Report report = take(now);
        tell(new Alert(descriptorExhaustion.nextKind(now), Alert.EXHAUSTED, AlertText.of(report)));
        writeFile(report);
    }

    /** Reports the end of the JVM. */
    public void alertExit() {
        Report report = reports.build();
        tell(new Alert(Alert.Kind.RAISED, "exit", AlertText.of(report)));
        writeFile(report);
    }

    private Report take(long now) {
        long began = System.nanoTime();
        Report report = reports.build();
        long cost = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        lastLook = now;
        nextLook = now + Math.min(MAX_INTERVAL, Math.max(BETWEEN_LOOKS, cost * DUTY_DIVISOR));
        return report;
    }

    private void tell(Alert alert) {
        Log.line(alert.line());
        tellOutlets(alert);
    }

    private void tellOutlets(Alert alert) {
        for (AlertListener alertListener : outlets) {
            try {
                alertListener.tell(alert);
            } catch (Throwable t) {
                InternalErrors.total(t);
            }
        }
    }

    private void writeFile(Report report) {
        if (files == null) {
            return;
        }
        try {
            Path file = files.write(report);
            Log.line("report: " + file);
        } catch (IOException | RuntimeException e) {
            Log.line("cannot write the report (" + e + ")");
        }
    }

    /** Loads and links all that an alert needs, while there are descriptors and memory for it. */
    private void warmUp() {
        Report report = reports.build();
        String unused = LeaksText.of(report)
                + ReportJson.write(report)
                + new Alert(Alert.Kind.RAISED, "", AlertText.of(report)).line();
    }
}
