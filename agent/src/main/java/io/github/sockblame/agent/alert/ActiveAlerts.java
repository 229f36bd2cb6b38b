// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alert;

import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the conditions that hold, and finds what has changed. Each condition raises an alert once, for a site once for
 * that site, again when its figure has doubled, and once more when it is resolved.
 *
 * <p>Not for two threads at once.
 */
final class ActiveAlerts {

    private final List<Trigger> triggers;
    private final Map<String, RaisedCondition> raised = new HashMap<>();

    /**
     * A condition that holds in one report.
     *
     * @param key identifies it in this report and in the next
     * @param about the trigger's text
     * @param name of the site; empty for the whole process
     * @param figure the measured value
     * @param text the problem, in one line
     */
    private record HoldingCondition(String key, String about, String name, long figure, String text) {

        Alert alert(Alert.Kind kind) {
            return new Alert(kind, about, text);
        }
    }

    /** A condition that was reported. */
    private static final class RaisedCondition {
        final String about;
        final String name;
        final Instant since;
        long lastAlerted;
        long peak;

        RaisedCondition(HoldingCondition condition, Instant since) {
            this.about = condition.about;
            this.name = condition.name;
            this.since = since;
            this.lastAlerted = condition.figure;
            this.peak = condition.figure;
        }
    }

    ActiveAlerts(List<Trigger> triggers) {
        this.triggers = triggers;
    }

    /** Returns whether a reported condition is not resolved yet. */
    boolean isAnyRaised() {
        return !raised.isEmpty();
    }

    /** Records the conditions that hold in this report, and returns what has changed since the one before. */
    List<Alert> update(Report report) {
        List<Alert> alerts = new ArrayList<>();
        Set<String> holding = new HashSet<>();
        for (HoldingCondition condition : conditionsIn(report)) {
            if (holding.add(condition.key)) { // two sites may have one identity
                addRaised(alerts, condition, report.takenAt());
            }
        }
        addResolved(alerts, holding, report);
        return alerts;
    }

    private List<HoldingCondition> conditionsIn(Report report) {
        List<HoldingCondition> conditions = new ArrayList<>();
        for (Trigger trigger : triggers) {
            if (trigger.holds(report)) {
                conditions.add(new HoldingCondition(
                        trigger.text(), trigger.text(), "", trigger.value(report), AlertText.of(report)));
            }
            for (Site site : report.sites()) {
                if (trigger.holds(site, report)) {
                    conditions.add(new HoldingCondition(
                            trigger.text() + ' ' + identityOf(site, report),
                            trigger.text(),
                            AlertText.nameOf(site, report),
                            site.count(),
                            AlertText.of(site, report)));
                }
            }
        }
        return conditions;
    }

    /**
     * Identifies a site in this report and in the next. The culprit cannot: it changes when a last use is recorded, and that is no new
     * alert.
     */
    private static String identityOf(Site site, Report report) {
        Frame frame = report.culpritOrEntryFrame(site.eof() != null ? site.eof() : site.opened());
        Object place = frame != null
                ? frame.text()
                : site.remotes().isEmpty() ? "" : site.remotes().get(0).remote();
        return site.verdict() + " " + place;
    }

    private void addRaised(List<Alert> alerts, HoldingCondition condition, Instant now) {
        RaisedCondition known = raised.get(condition.key);
        if (known == null) {
            raised.put(condition.key, new RaisedCondition(condition, now));
            alerts.add(condition.alert(Alert.Kind.RAISED));
            return;
        }
        known.peak = Math.max(known.peak, condition.figure);
        if (condition.figure >= 2 * known.lastAlerted) {
            known.lastAlerted = condition.figure;
            alerts.add(condition.alert(Alert.Kind.DOUBLED));
        }
    }

    private void addResolved(List<Alert> alerts, Set<String> holding, Report report) {
        for (Iterator<Map.Entry<String, RaisedCondition>> all =
                        raised.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<String, RaisedCondition> entry = all.next();
            if (!holding.contains(entry.getKey())) {
                RaisedCondition was = entry.getValue();
                Duration took = Duration.between(was.since, report.takenAt());
                alerts.add(new Alert(
                        Alert.Kind.RESOLVED, was.about, AlertText.resolved(was.name, was.peak, took, report)));
                all.remove();
            }
        }
    }
}
