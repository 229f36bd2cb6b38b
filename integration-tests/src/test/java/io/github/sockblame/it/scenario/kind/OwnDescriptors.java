// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.kind;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the kernel says of this process. */
final class OwnDescriptors {

    private static final int INODE_COLUMN = 6; // of net/unix, see proc_pid_net(5)

    private OwnDescriptors() {}

    /**
     * How many of the open descriptors are sockets, without Unix-domain ones: of those the JVM itself opens some for whoever attaches to
     * it, at any time.
     */
    static int internetSockets() throws IOException {
        Map<Path, String> sockets = new HashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            entries.forEach(entry -> sockets.put(entry, link(entry)));
        }
        sockets.values().removeIf(link -> !link.startsWith("socket:"));
        sockets.values().removeAll(unixSockets());
        sockets.entrySet()
                .removeIf(socket ->
                        !link(socket.getKey()).equals(socket.getValue())); // a Unix-domain one, and closed already
        return sockets.size();
    }

    private static String link(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    private static Set<String> unixSockets() throws IOException {
        Set<String> links = new HashSet<>();
        for (String row : Files.readAllLines(Path.of("/proc/self/net/unix"))) {
            links.add("socket:[" + row.split(" +", INODE_COLUMN + 2)[INODE_COLUMN] + "]");
        }
        return links;
    }
}
