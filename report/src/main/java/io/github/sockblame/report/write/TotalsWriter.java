// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.write;

import io.github.sockblame.report.EphemeralPorts;
import io.github.sockblame.report.History;
import io.github.sockblame.report.Totals;
import org.jspecify.annotations.Nullable;

/** Writes the sums: the totals, the last hour, and the ports in use. */
final class TotalsWriter {

    private final JsonFields to;

    TotalsWriter(JsonFields to) {
        this.to = to;
    }

    void write(String name, Totals totals) {
        to.start(name);
        to.number("sockets", totals.sockets());
        to.number("tracked", totals.tracked());
        to.number("untracked", totals.untracked());
        to.counts("byState", totals.byState());
        to.number("notTcp", totals.notTcp());
        to.counts("byProtocol", totals.byProtocol());
        to.number("leaked", totals.leaked());
        Totals.UntrackedDetail detail = totals.untrackedDetail();
        if (detail == null) {
            to.none("untrackedDetail");
        } else {
            to.start("untrackedDetail");
            to.counts("byOrigin", detail.byOrigin());
            to.number("inCloseWait", detail.inCloseWait());
            to.end();
        }
        to.end();
    }

    void write(String name, @Nullable EphemeralPorts ports) {
        if (ports == null) {
            to.none(name);
            return;
        }
        to.start(name);
        to.number("first", ports.first());
        to.number("last", ports.last());
        to.startArray("fullest");
        for (EphemeralPorts.PortsTo fullest : ports.fullest()) {
            to.start();
            to.endpoint("remote", fullest.remote());
            to.number("taken", fullest.taken());
            to.number("byProgram", fullest.byProgram());
            to.end();
        }
        to.endArray();
        to.flag("complete", ports.complete());
        to.end();
    }

    void write(String name, @Nullable History history) {
        if (history == null) {
            to.none(name);
            return;
        }
        to.start(name);
        to.number("periodSeconds", history.periodSeconds());
        to.startArray("samples");
        for (History.Sample sample : history.samples()) {
            to.start();
            to.time("at", sample.at());
            to.number("sockets", sample.sockets());
            to.number("leaked", sample.leaked());
            to.counts("byState", sample.byState());
            to.number("descriptors", sample.descriptors());
            to.end();
        }
        to.endArray();
        to.end();
    }
}
