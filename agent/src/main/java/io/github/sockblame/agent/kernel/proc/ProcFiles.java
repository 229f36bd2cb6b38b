// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.proc;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

/** The files of {@code /proc} that stay open. */
public record ProcFiles(
        ProcFile limits,
        ProcFile tcp,
        ProcFile tcp6,
        ProcFile unix,
        ProcFile udp,
        ProcFile udp6,
        ProcFile netstat,
        ProcFile somaxconn,
        ProcFile portRange) {

    private static final String ABSENT = "absent";
    private static final String WITHOUT_IPV6 = "absent, as on a host without IPv6";

    /** The files below this folder. It opens none yet. */
    public static ProcFiles below(Path root) {
        return new ProcFiles(
                file(root, "self/limits", ABSENT),
                file(root, "self/net/tcp", ABSENT),
                file(root, "self/net/tcp6", WITHOUT_IPV6),
                file(root, "self/net/unix", ABSENT),
                file(root, "self/net/udp", ABSENT),
                file(root, "self/net/udp6", WITHOUT_IPV6),
                file(root, "self/net/netstat", ABSENT),
                file(root, "sys/net/core/somaxconn", ABSENT),
                file(root, "sys/net/ipv4/ip_local_port_range", ABSENT));
    }

    private static ProcFile file(Path root, String name, String absentReason) {
        return new ProcFile(new File(root + "/" + name), absentReason);
    }

    /** Opens what can be opened. */
    public void openFilesEarly() {
        for (ProcFile file : all()) {
            file.openEarly();
        }
    }

    /** Closes all files for good. */
    public void end() {
        for (ProcFile file : all()) {
            file.end();
        }
    }

    private List<ProcFile> all() {
        return List.of(limits, tcp, tcp6, unix, udp, udp6, netstat, somaxconn, portRange);
    }
}
