// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.diff;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SiteIdentity;
import io.github.sockblame.report.TcpState;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A comparison as JSON for a script. */
public final class ComparisonJson {

    private ComparisonJson() {}

    /** One line of JSON; figures per minute are null if the reports are of different runs of the program. */
    public static String of(Comparison comparison) {
        JsonMapper mapper = new JsonMapper();
        ObjectNode root = mapper.createObjectNode();
        Report before = comparison.before();
        Report after = comparison.after();
        report(root.putObject("before"), before);
        report(root.putObject("after"), after);
        root.put("seconds", comparison.between().toMillis() / 1000.0);
        root.put("sameRun", comparison.isSameRun());
        root.put("leaksGrew", comparison.hasNewLeaks());
        ObjectNode totals = root.putObject("totals");
        long fdsBefore = before.fileDescriptors().open();
        long fdsAfter = after.fileDescriptors().open();
        if (fdsBefore >= 0 && fdsAfter >= 0) {
            change(totals.putObject("fds"), comparison, fdsBefore, fdsAfter);
        }
        change(
                totals.putObject("sockets"),
                comparison,
                before.totals().sockets(),
                after.totals().sockets());
        change(totals.putObject("leaks"), comparison, before.leaksInSites(), after.leaksInSites());
        ObjectNode states = root.putObject("states");
        for (TcpState state : TcpState.values()) {
            int then = before.totals().inState(state);
            int now = after.totals().inState(state);
            if (then != 0 || now != 0) {
                change(states.putObject(state.name()), comparison, then, now);
            }
        }
        ArrayNode sites = root.putArray("sites");
        for (SiteChange site : comparison.sites()) {
            site(sites.addObject(), comparison, site);
        }
        return mapper.writeValueAsString(root);
    }

    private static void report(ObjectNode node, Report report) {
        node.put("takenAt", report.takenAt().toString());
        node.put("program", report.program().name());
        node.put("pid", report.program().pid());
        node.put("startedAt", report.program().startedAt().toString());
    }

    private static void site(ObjectNode node, Comparison comparison, SiteChange site) {
        SiteIdentity key = site.key();
        node.put("change", site.kind().word());
        node.put("verdict", key.verdict().name());
        node.put("leak", key.isLeak());
        change(node, comparison, site.before(), site.after());
        node.put("number", site.number());
        node.put("eof", text(key.eof()));
        node.put("opened", text(key.opened()));
        node.put("closing", text(key.closing()));
        node.put("listener", text(key.listener()));
        Endpoint address = key.address();
        node.put("address", address == null ? null : address.text());
    }

    private static void change(ObjectNode node, Comparison comparison, long before, long after) {
        node.put("before", before);
        node.put("after", after);
        node.put("perMinute", comparison.perMinute(after - before));
    }

    private static @Nullable String text(@Nullable Frame frame) {
        return frame == null ? null : frame.text();
    }
}
