// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.redact;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Report;

/**
 * Removes the identity of both ends from reports. Addresses become pseudonyms, the same in every report for as long as
 * this object lives. Ports stay, because they show the service. Names of threads are the program's texts, so every part
 * that looks like a host is removed.
 */
public final class Redaction {

    /** At most about two megabytes of names. */
    private static final int HOSTS_KEPT = 16_384;

    private final HostPseudonyms hosts;

    public Redaction() {
        this(new HostPseudonyms(HOSTS_KEPT));
    }

    Redaction(HostPseudonyms hosts) {
        this.hosts = hosts;
    }

    /** The same report, redacted. */
    public synchronized Report of(Report report) {
        Report redacted = new ReportRedactor(hosts).redact(report);
        hosts.trim();
        return redacted;
    }

    /** The replacement for this end of a connection. */
    public synchronized String of(Endpoint endpoint) {
        String text = new Endpoint(hosts.pseudonym(endpoint.address()), endpoint.port()).text();
        hosts.trim();
        return text;
    }

    /** The replacement for this name of a thread. */
    public synchronized String ofThread(String name) {
        String text = hosts.inThreadName(name);
        hosts.trim();
        return text;
    }
}
