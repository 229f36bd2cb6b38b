// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import java.nio.file.Path;
import java.util.List;

/** The files of {@code /proc} that stay open. */
final class ProcFiles {

    private static final String ABSENT = "absent";
    private static final String WITHOUT_IPV6 = "absent, as on a host without IPv6";

    final ProcFile limits;
    final ProcFile tcp;
    final ProcFile tcp6;
    final ProcFile unix;
    final ProcFile udp;
    final ProcFile udp6;
    final ProcFile netstat;
    final ProcFile somaxconn;
    final ProcFile portRange;

    private final List<ProcFile> all;

    ProcFiles(Path root) {
        limits = file(root, "self/limits", ABSENT);
        tcp = file(root, "self/net/tcp", ABSENT);
        tcp6 = file(root, "self/net/tcp6", WITHOUT_IPV6);
        unix = file(root, "self/net/unix", ABSENT);
        udp = file(root, "self/net/udp", ABSENT);
        udp6 = file(root, "self/net/udp6", WITHOUT_IPV6);
        netstat = file(root, "self/net/netstat", ABSENT);
        somaxconn = file(root, "sys/net/core/somaxconn", ABSENT);
        portRange = file(root, "sys/net/ipv4/ip_local_port_range", ABSENT);
        all = List.of(limits, tcp, tcp6, unix, udp, udp6, netstat, somaxconn, portRange);
    }

    private static ProcFile file(Path root, String name, String absentReason) {
        return new ProcFile(root.resolve(name).toFile(), absentReason);
    }

    /** Opens what can be opened. */
    void openAhead() {
        for (ProcFile file : all) {
            file.openAhead();
        }
    }

    /** Closes all files for good. */
    void end() {
        for (ProcFile file : all) {
            file.end();
        }
    }
}
