// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jmx;

import io.github.sockblame.agent.service.ReportService;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import io.github.sockblame.report.SockblameMXBean;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.json.ReportJson;
import io.github.sockblame.report.text.LeaksText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanNotificationInfo;
import javax.management.NotificationEmitter;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import org.jspecify.annotations.Nullable;

/** The MXBean: every figure is from a report. */
final class SockblameBean implements SockblameMXBean, NotificationEmitter {

    private final ReportService reports;
    private final DumpDirectory dumps;
    private final AlertNotifications alerts;
    private final Detachable detachable;

    SockblameBean(ReportService reports, DumpDirectory dumps, AlertNotifications alerts, Detachable detachable) {
        this.reports = reports;
        this.dumps = dumps;
        this.alerts = alerts;
        this.detachable = detachable;
    }

    @Override
    public void addNotificationListener(
            NotificationListener listener, @Nullable NotificationFilter filter, @Nullable Object handback) {
        alerts.addNotificationListener(listener, filter, handback);
    }

    @Override
    public void removeNotificationListener(NotificationListener listener) throws ListenerNotFoundException {
        alerts.removeNotificationListener(listener);
    }

    @Override
    public void removeNotificationListener(
            NotificationListener listener, @Nullable NotificationFilter filter, @Nullable Object handback)
            throws ListenerNotFoundException {
        alerts.removeNotificationListener(listener, filter, handback);
    }

    @Override
    public MBeanNotificationInfo[] getNotificationInfo() {
        return alerts.getNotificationInfo();
    }

    @Override
    public String getVersion() {
        return reports.version();
    }

    @Override
    public Map<String, Integer> getSocketsByState() {
        Map<String, Integer> byName = new TreeMap<>();
        for (Map.Entry<TcpState, Integer> entry :
                reports.cached().totals().byState().entrySet()) {
            byName.put(entry.getKey().name(), entry.getValue());
        }
        return byName;
    }

    @Override
    public Map<String, Integer> getTrackedByState() {
        return reports.states();
    }

    @Override
    public int getTracked() {
        return reports.cached().totals().tracked();
    }

    @Override
    public int getUntracked() {
        return reports.cached().totals().untracked();
    }

    @Override
    public int getLeaked() {
        return reports.cached().totals().leaked();
    }

    @Override
    public long getOpenFileDescriptors() {
        return reports.cached().fileDescriptors().open();
    }

    @Override
    public long getMaxFileDescriptors() {
        return reports.cached().fileDescriptors().limit();
    }

    @Override
    public String getHookStatus() {
        StringBuilder missing = new StringBuilder();
        boolean waiting = false;
        for (Hook hook : reports.hooks()) {
            waiting |= hook.state() == HookState.WAITING;
            if (hook.state() == HookState.MISSING) {
                missing.append(missing.length() == 0 ? "degraded: " : ", ").append(hook.method());
            }
        }
        return missing.length() > 0 ? missing.toString() : waiting ? "waiting" : "complete";
    }

    @Override
    public List<String> getHooks() {
        List<String> lines = new ArrayList<>();
        for (Hook hook : reports.hooks()) {
            String line = hook.state().word() + "  " + hook.method() + "  " + hook.event();
            lines.add(hook.detail() == null ? line : line + "  " + hook.detail());
        }
        return lines;
    }

    @Override
    public long getInternalErrors() {
        return reports.internalErrors();
    }

    @Override
    public List<String> getLastUsePlaces() {
        return reports.lastUsePlaces();
    }

    @Override
    public String watch(int site) {
        return reports.watch(site);
    }

    @Override
    public String unwatch(int site) {
        return reports.unwatch(site);
    }

    @Override
    public String reportText() {
        return LeaksText.of(reports.build());
    }

    @Override
    public String reportJson() {
        return ReportJson.write(reports.build());
    }

    @Override
    public String summaryJson() {
        return ReportJson.write(reports.build().withoutSockets());
    }

    @Override
    public String writeReport(String fileName) {
        return dumps.write(fileName, reportJson()).toString();
    }

    @Override
    public String detach() {
        return detachable.detach();
    }
}
