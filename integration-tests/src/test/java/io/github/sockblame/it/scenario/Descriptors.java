// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The descriptors of this process. */
public final class Descriptors {

    private static final Path FOLDER = Path.of("/proc/self/fd");

    private Descriptors() {}

    /** How many of them are sockets. */
    public static int sockets() {
        String @Nullable [] names = FOLDER.toFile().list();
        int sockets = 0;
        for (String name : names == null ? new String[0] : names) {
            try {
                sockets +=
                        Files.readSymbolicLink(FOLDER.resolve(name)).toString().startsWith("socket:") ? 1 : 0;
            } catch (IOException e) {
                // the one that listed them
            }
        }
        return sockets;
    }
}
