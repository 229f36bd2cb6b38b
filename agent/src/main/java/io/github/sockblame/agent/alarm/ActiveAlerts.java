// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alarm;

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
 * Keeps the conditions that hold, and finds the news among them. Each condition is news once, for a site once for that
 * site, again when its figure has doubled, and once more when it is resolved.
 *
 * <p>Not for two threads at once.
 */
final class ActiveAlerts {

    private final List<Trigger> triggers;
    private final Map<String, ActiveCondition> raised = new HashMap<>();

    /** A condition that was reported. */
    private static final class ActiveCondition {
        final String about;
        final String what;
        final Instant since;
        long told;
        long most;

        ActiveCondition(String about, String what, Instant since) {
            this.about = about;
            this.what = what;
            this.since = since;
        }
    }

    ActiveAlerts(List<Trigger> triggers) {
        this.triggers = triggers;
    }

    /** Returns whether a reported condition is not resolved yet. */
    boolean isAnyRaised() {
        return !raised.isEmpty();
    }

    /** Returns the news in this report. */
    List<Alert> update(Report report) {
        List<Alert> news = new ArrayList<>();
        Set<String> hold = new HashSet<>();
        for (Trigger trigger : triggers) {
            if (trigger.holds(report)) {
                String key = trigger.text();
                hold.add(key);
                tell(news, key, trigger.text(), "", trigger.value(report), AlertText.of(report), report);
            }
            for (Site site : report.sites()) {
                if (trigger.holds(site, report)) {
                    String key = trigger.text() + ' ' + identityOf(site, report);
                    if (hold.add(key)) { // two sites may have one identity
                        String what = AlertText.nameOf(site, report);
                        tell(news, key, trigger.text(), what, site.count(), AlertText.of(site, report), report);
                    }
                }
            }
        }
        addResolved(news, hold, report);
        return news;
    }

    /**
     * Identifies a site in this report and in the next. The culprit cannot: it changes when a last use is recorded, and that is no new
     * alert.
     */
    private static String identityOf(Site site, Report report) {
        Frame frame = report.blamed(site.eof() != null ? site.eof() : site.opened());
        Object place = frame != null
                ? frame.text()
                : site.remotes().isEmpty() ? "" : site.remotes().get(0).remote();
        return site.verdict() + " " + place;
    }

    private void tell(
            List<Alert> news, String key, String about, String what, long figure, String text, Report report) {
        ActiveCondition known = raised.get(key);
        if (known == null) {
            ActiveCondition fresh = new ActiveCondition(about, what, report.takenAt());
            fresh.told = figure;
            fresh.most = figure;
            raised.put(key, fresh);
            news.add(new Alert(Alert.Kind.RAISED, about, text));
            return;
        }
        known.most = Math.max(known.most, figure);
        if (figure >= 2 * known.told) {
            known.told = figure;
            news.add(new Alert(Alert.Kind.DOUBLED, about, text));
        }
    }

    private void addResolved(List<Alert> news, Set<String> hold, Report report) {
        for (Iterator<Map.Entry<String, ActiveCondition>> all =
                        raised.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<String, ActiveCondition> entry = all.next();
            if (!hold.contains(entry.getKey())) {
                ActiveCondition was = entry.getValue();
                Duration took = Duration.between(was.since, report.takenAt());
                news.add(new Alert(
                        Alert.Kind.RESOLVED, was.about, AlertText.resolved(was.what, was.most, took, report)));
                all.remove();
            }
        }
    }
}
