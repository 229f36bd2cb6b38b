// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import java.util.ArrayList;
import java.util.List;

/** File systems as a test wants them, seen by one watched program alone; it takes root. */
final class MountNamespace {

    private MountNamespace() {}

    /** Whether one may have that here. */
    static boolean isAllowed() throws Exception {
        List<String> command = new ArrayList<>(List.of(around("mount -t tmpfs none /proc/$$/net")));
        command.add("true");
        return ForkedProcess.succeeds(command);
    }

    /** The beginning of a command that does this in a new namespace, and then becomes the rest of the command. */
    static String[] around(String before) {
        return new String[] {"unshare", "--mount", "sh", "-c", before + " && exec \"$0\" \"$@\""};
    }
}
