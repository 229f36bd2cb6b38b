// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alert;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.SiteIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the conditions that hold, and finds what has changed. Each condition raises an alert once, for a site once for
 * that site, again when its figure has doubled, and once more when it is resolved.
 *
 * <p>Not for two threads at once.
 */
final class ActiveAlerts {

    private final List<Trigger> triggers;
    private final Map<ConditionKey, RaisedCondition> raised = new HashMap<>();

    /**
     * Identifies a condition in this report and in the next.
     *
     * @param trigger its text
     * @param site null for the whole process
     */
    private record ConditionKey(String trigger, @Nullable SiteIdentity site) {

        // by hand, see Endpoint
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ConditionKey that
                    && trigger.equals(that.trigger)
                    && Objects.equals(site, that.site);
        }

        @Override
        public int hashCode() {
            return 31 * trigger.hashCode() + Objects.hashCode(site);
        }
    }

    /**
     * A condition that holds in one report.
     *
     * @param key its identity
     * @param name of the site; empty for the whole process
     * @param figure the measured value
     * @param text the problem, in one line
     */
    private record HoldingCondition(ConditionKey key, String name, long figure, String text) {

        Alert alert(Alert.Kind kind) {
            return new Alert(kind, key.trigger, text);
        }
    }

    /** A condition that was reported. */
    private static final class RaisedCondition {
        final String name;
        final Instant since;
        long lastAlerted;
        long peak;

        RaisedCondition(HoldingCondition condition, Instant since) {
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
        Set<ConditionKey> holding = new HashSet<>();
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
                        new ConditionKey(trigger.text(), null), "", trigger.value(report), AlertText.of(report)));
            }
            for (Site site : report.sites()) {
                if (trigger.holds(site, report)) {
                    conditions.add(new HoldingCondition(
                            new ConditionKey(trigger.text(), SiteIdentity.of(report, site)),
                            AlertText.nameOf(site, report),
                            site.count(),
                            AlertText.of(site, report)));
                }
            }
        }
        return conditions;
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

    /** Returns whether the report has what this condition is about: without a judgement, it has no leaks. */
    private boolean isKnown(String condition, Report report) {
        return report.hasVerdicts()
                || triggers.stream()
                        .noneMatch(trigger ->
                                trigger.isAboutLeaks() && trigger.text().equals(condition));
    }

    private void addResolved(List<Alert> alerts, Set<ConditionKey> holding, Report report) {
        for (Iterator<Map.Entry<ConditionKey, RaisedCondition>> all =
                        raised.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<ConditionKey, RaisedCondition> entry = all.next();
            if (!holding.contains(entry.getKey()) && isKnown(entry.getKey().trigger, report)) {
                RaisedCondition was = entry.getValue();
                Duration took = Duration.between(was.since, report.takenAt());
                alerts.add(new Alert(
                        Alert.Kind.RESOLVED,
                        entry.getKey().trigger,
                        AlertText.resolved(was.name, was.peak, took, report)));
                all.remove();
            }
        }
    }
}
