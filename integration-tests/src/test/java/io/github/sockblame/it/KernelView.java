// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import io.github.sockblame.report.TcpState;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the kernel says of a process's sockets, read from outside and without any code of the agent.
 *
 * @param inodes socket inode by descriptor
 * @param states TCP state by inode, of those that have a row
 */
record KernelView(SortedMap<Integer, Long> inodes, Map<Long, TcpState> states) {

    private static final String LINK = "socket:[";

    static KernelView of(long pid) throws IOException {
        Map<Long, TcpState> states = new HashMap<>();
        for (String table : List.of("tcp", "tcp6")) {
            List<String> lines = Files.readAllLines(Path.of("/proc/" + pid + "/net/" + table));
            for (String line : lines.subList(1, lines.size())) {
                String[] fields = line.strip().split(" +", -1);
                TcpState state = TcpState.ofNumber(Integer.parseInt(fields[3], 16));
                long inode = Long.parseLong(fields[9]);
                if (state != null && inode != 0) {
                    states.put(inode, state);
                }
            }
        }
        SortedMap<Integer, Long> inodes = inodes(pid);
        states.keySet().retainAll(inodes.values());
        return new KernelView(inodes, states);
    }

    private static SortedMap<Integer, Long> inodes(long pid) throws IOException {
        SortedMap<Integer, Long> inodes = new TreeMap<>();
        List<Path> links = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            entries.forEach(links::add);
        }
        for (Path link : links) {
            inode(link)
                    .ifPresent(inode ->
                            inodes.put(Integer.valueOf(link.getFileName().toString()), inode));
        }
        return inodes;
    }

    private static Optional<Long> inode(Path link) {
        try {
            String text = Files.readSymbolicLink(link).toString();
            return text.startsWith(LINK)
                    ? Optional.of(Long.valueOf(text.substring(LINK.length(), text.length() - 1)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // closed since it was listed
        }
    }

    boolean has(long inode) {
        return inodes.containsValue(inode);
    }
}
