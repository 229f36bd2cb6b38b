// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** File systems as a test wants them, seen by one watched program alone; it takes root. */
final class MountNamespace {

    private MountNamespace() {}

    /** Whether one may have that here. */
    static boolean isAllowed() throws Exception {
        List<String> command = new ArrayList<>(List.of(around("mount -t tmpfs none /proc/$$/net")));
        command.add("true");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean can = process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
        if (!can) {
            process.destroyForcibly();
        }
        return can;
    }

    /** The beginning of a command that does this in a new namespace, and then becomes the rest of the command. */
    static String[] around(String before) {
        return new String[] {"unshare", "--mount", "sh", "-c", before + " && exec \"$0\" \"$@\""};
    }
}
