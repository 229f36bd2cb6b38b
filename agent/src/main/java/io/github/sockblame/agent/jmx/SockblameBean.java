// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jmx;

import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.memory.NoRoomException;
import io.github.sockblame.agent.service.ReportLease;
import io.github.sockblame.agent.service.ReportService;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.ReportDetail;
import io.github.sockblame.report.SockblameMXBean;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.report.write.ReportWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanNotificationInfo;
import javax.management.NotificationEmitter;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import org.jspecify.annotations.Nullable;

/** The MXBean: every figure is from a report. */
final class SockblameBean implements SockblameMXBean, NotificationEmitter {

    private static final int UNKNOWN = -1;

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
        for (Map.Entry<TcpState, Integer> entry : cached().totals().byState().entrySet()) {
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
        return cached().totals().tracked();
    }

    @Override
    public int getUntracked() {
        return cached().totals().untracked();
    }

    @Override
    public int getLeaked() {
        Report report = cached();
        return report.canDenyLeaks() || report.hasLeaks() ? report.totals().leaked() : UNKNOWN;
    }

    @Override
    public long getOpenFileDescriptors() {
        return cached().fileDescriptors().open();
    }

    @Override
    public long getMaxFileDescriptors() {
        return cached().fileDescriptors().limit();
    }

    @Override
    public String getHookStatus() {
        return Hook.statusOf(reports.hooks());
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

    /** Counts an error before the client gets it, because the client may drop it. A client has the JDK's exceptions only. */
    private static <T> T counted(Supplier<T> answer) {
        try {
            return answer.get();
        } catch (NoRoomException e) {
            throw new IllegalStateException(e.getMessage());
        } catch (Throwable t) {
            InternalErrors.count(t);
            throw t;
        }
    }

    private Report cached() {
        return counted(reports::cached);
    }

    private <T> T answer(ReportDetail most, Function<Report, T> content) {
        return counted(() -> {
            try (ReportLease lease = reports.lease(most)) {
                return content.apply(lease.report());
            }
        });
    }

    @Override
    public String reportText() {
        return answer(ReportDetail.SUMMARY, LeaksText::of);
    }

    @Override
    public String reportJson() {
        return answer(ReportDetail.WHOLE, report -> CompressedReport.of(report).toJson());
    }

    @Override
    public byte[][] reportParts() {
        return answer(ReportDetail.WHOLE, report -> CompressedReport.of(report).parts());
    }

    @Override
    public String summaryJson() {
        return answer(ReportDetail.SUMMARY, ReportWriter::toJson);
    }

    @Override
    public String writeReport(String fileName) {
        try (ReportLease lease = counted(() -> reports.lease(ReportDetail.WHOLE))) {
            Report report = lease.report();
            return dumps.write(fileName, stream -> ReportWriter.write(report, stream))
                    .toString();
        }
    }

    @Override
    public String detach() {
        return detachable.detach();
    }
}
