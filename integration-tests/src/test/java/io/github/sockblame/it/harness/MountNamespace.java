// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** File systems as a test wants them, seen by one watched program alone; it takes root. */
public final class MountNamespace {

    private MountNamespace() {}

    /** Skips the test where none can be had. */
    public static void require() throws Exception {
        Optional<String> refusal = whyNot();
        Requires.that(refusal.isEmpty(), refusal.orElse(""));
    }

    private static Optional<String> whyNot() throws Exception {
        for (Tool tool : List.of(Tool.UNSHARE, Tool.MOUNT)) {
            if (!tool.isHere()) {
                return Optional.of(tool.missing());
            }
        }
        List<String> command = new ArrayList<>(List.of(around("mount -t tmpfs none /proc/$$/net")));
        command.add("true");
        return ForkedProcess.succeeds(command) ? Optional.empty() : Optional.of("no mount namespace is allowed here");
    }

    /** The beginning of a command that does this in a new namespace, and then becomes the rest of the command. */
    public static String[] around(String before) {
        return new String[] {"unshare", "--mount", "sh", "-c", before + " && exec \"$0\" \"$@\""};
    }
}
