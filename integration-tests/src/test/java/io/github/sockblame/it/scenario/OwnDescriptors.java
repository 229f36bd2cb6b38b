// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the kernel says of this process. */
final class OwnDescriptors {

    private OwnDescriptors() {}

    /** How many of the open descriptors are sockets. */
    static int sockets() throws IOException {
        List<Path> links = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            entries.forEach(links::add);
        }
        int sockets = 0;
        for (Path link : links) {
            sockets += isSocket(link) ? 1 : 0;
        }
        return sockets;
    }

    private static boolean isSocket(Path link) {
        try {
            return Files.readSymbolicLink(link).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // the one that listed the others
        }
    }
}
