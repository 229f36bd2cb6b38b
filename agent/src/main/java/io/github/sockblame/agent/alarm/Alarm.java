// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alarm;

import io.github.sockblame.agent.diagnosis.ReportSource;
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
 * Looks whether a condition of the user's has come true, or the kernel has refused a descriptor, and tells: on standard error, in a file if one
 * is named, and to whoever listens besides.
 *
 * <p>On the watch thread alone. A look takes a report, so it comes only when a glance says that it may be worth it, and then again after a
 * while; it may take one part in two hundred of the time, as the rounds do, unless that would put it off by more than half a minute.
 */
public final class Alarm {

    private static final long BETWEEN_LOOKS = TimeUnit.SECONDS.toMillis(5);

    /** Some leaks no glance sees. */
    private static final long WITHOUT_A_GLANCE = TimeUnit.SECONDS.toMillis(30);

    private static final long BEGINNING = TimeUnit.SECONDS.toMillis(10);
    private static final long SHARE = 200;
    private static final int LINES_AT_ONCE = 5;

    private final List<Trigger> triggers;
    private final ReportSource reports;
    private final @Nullable ReportFiles files;
    private final Alarms alarms;
    private final List<Outlet> outlets = new CopyOnWriteArrayList<>();
    private long nextLook;
    private long lastLook;
    private long firstLook;
    private boolean warm;
    private final Exhaustion exhaustion = new Exhaustion();

    /**
     * Looks for these.
     *
     * @param files where reports are written; null for nowhere
     */
    public Alarm(List<Trigger> triggers, ReportSource reports, @Nullable ReportFiles files) {
        this.triggers = List.copyOf(triggers);
        this.reports = reports;
        this.files = files;
        this.alarms = new Alarms(this.triggers);
    }

    /**
     * Loads what takes a file to be loaded: the JDK's time zones, which JSON needs. Once that fails for want of a descriptor they are lost to the
     * whole program.
     */
    public static void openAhead() {
        TimeZone unused = TimeZone.getTimeZone("UTC");
    }

    /** Somebody more who wants to hear. */
    public void addOutlet(Outlet outlet) {
        outlets.add(outlet);
    }

    /** Whether the user wants to be told when the JVM ends. */
    public boolean wantsExit() {
        for (Trigger trigger : triggers) { // no lambda: asked in each JVM that uses sockets, soon after its start
            if (trigger.subject() == Trigger.Subject.EXIT) {
                return true;
            }
        }
        return false;
    }

    /**
     * One round.
     *
     * @param refused whether a socket was refused since the last round, for want of a descriptor
     * @param nowMillis a time that only ever goes on, unlike the clock's
     */
    public void look(Glance glance, boolean refused, long nowMillis) {
        firstLook = firstLook == 0 ? nowMillis : firstLook;
        if (!warm && !refused && isTimeToWarmUp(glance, nowMillis)) {
            warm = true;
            warmUp();
        }
        if (refused && exhaustion.onRefusal(nowMillis)) {
            tellOfExhaustion(nowMillis);
        } else if (isDue(glance, nowMillis)) {
            lookCloser(nowMillis);
        }
    }

    /** At the first signs, or when the program has begun its work: one that ends soon shall not pay for it. */
    private boolean isTimeToWarmUp(Glance glance, long now) {
        return glance.suspects() > 0
                || (glance.descriptorLimit() > 0 && glance.openDescriptors() * 4 > glance.descriptorLimit())
                || now - firstLook >= BEGINNING;
    }

    private boolean isDue(Glance glance, long now) {
        if (now < nextLook) {
            return false;
        }
        boolean blind = now - lastLook >= WITHOUT_A_GLANCE
                && triggers.stream()
                        .anyMatch(trigger -> trigger.subject() == Trigger.Subject.LEAKED
                                || trigger.subject() == Trigger.Subject.AGE);
        return blind
                || exhaustion.lasts()
                || alarms.isAnyRaised()
                || triggers.stream().anyMatch(trigger -> trigger.mayHold(glance));
    }

    private void lookCloser(long now) {
        Report report = take(now);
        List<Alert> news = alarms.news(report);
        if (exhaustion.checkResolved(now)) {
            tell(new Alert(Alert.Kind.HEALED, Alert.EXHAUSTED, AlertText.healed("", 0, exhaustion.lasted(), report)));
        }
        if (news.isEmpty()) {
            return;
        }
        boolean worse = news.stream().anyMatch(alert -> alert.kind() != Alert.Kind.HEALED);
        for (Alert alert : news.subList(0, Math.min(LINES_AT_ONCE, news.size()))) {
            Log.line(alert.line());
        }
        if (news.size() > LINES_AT_ONCE) {
            Log.line("and " + (news.size() - LINES_AT_ONCE) + " more like these");
        }
        if (worse) {
            writeFile(report);
        }
        for (Alert alert : news) {
            tellOutlets(alert);
        }
    }

    private void tellOfExhaustion(long now) {
        Report report = take(now);
        tell(new Alert(exhaustion.tell(now), Alert.EXHAUSTED, AlertText.of(report)));
        writeFile(report);
    }

    /** The JVM ends. */
    public void tellOfExit() {
        Report report = reports.take();
        tell(new Alert(Alert.Kind.RAISED, "exit", AlertText.of(report)));
        writeFile(report);
    }

    private Report take(long now) {
        long began = System.nanoTime();
        Report report = reports.take();
        long cost = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        lastLook = now;
        nextLook = now + Math.min(WITHOUT_A_GLANCE, Math.max(BETWEEN_LOOKS, cost * SHARE));
        return report;
    }

    private void tell(Alert alert) {
        Log.line(alert.line());
        tellOutlets(alert);
    }

    private void tellOutlets(Alert alert) {
        for (Outlet outlet : outlets) {
            try {
                outlet.tell(alert);
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

    /** Loads and links all that telling takes, while there are descriptors and memory for it. */
    private void warmUp() {
        Report report = reports.take();
        String unused = LeaksText.of(report)
                + ReportJson.write(report)
                + new Alert(Alert.Kind.RAISED, "", AlertText.of(report)).line();
    }
}
