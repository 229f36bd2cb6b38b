// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import io.github.sockblame.agent.log.InternalErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The links of {@code self/fd}: which descriptors are open, and which of them are sockets.
 *
 * <p>Not for two threads at once.
 */
final class DescriptorDirectory {

    /** So many closed descriptors in a row, above the highest ever seen, and the rest is taken for closed. */
    private static final int GAP = 1024;

    private static final String SOCKET = "socket:[";

    private final Path directory;
    private int highest = -1;

    DescriptorDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * What is open now.
     *
     * @param limit the soft limit of descriptors; -1 if unknown
     * @param answers where to say how it went
     */
    Found read(long limit, List<SourceAnswer> answers) {
        String name = directory.toString();
        try {
            // File.list takes one descriptor and closes it before it returns; a DirectoryStream takes two.
            String[] names = directory.toFile().list();
            if (names != null && names.length > 0) {
                Found found = list(names);
                answers.add(new SourceAnswer(name, true, found.detail()));
                return found;
            }
            if (!Files.isDirectory(directory)) {
                answers.add(new SourceAnswer(name, false, "absent"));
                return new Found(null);
            }
            // to list it takes a descriptor, which would be in the list; the JDK takes a refusal of getdents64(2) for
            // the end
            String why =
                    names == null ? "cannot be listed, as when no file descriptor is left" : "empty, which it never is";
            answers.add(new SourceAnswer(name, false, why));
            Found found = probe(limit);
            boolean any = found.open > 0;
            answers.add(new SourceAnswer(name + "/0, 1, 2...", any, any ? found.detail() : "none is there"));
            return found;
        } catch (RuntimeException e) {
            InternalErrors.countUnlessRefused(e);
            answers.add(new SourceAnswer(name, false, e.toString()));
            return new Found(null);
        }
    }

    private Found list(String[] names) {
        Found found = new Found(ownName());
        for (String name : names) {
            long fd = digits(name, 0, name.length());
            if (fd >= 0 && fd <= Integer.MAX_VALUE) {
                add((int) fd, found);
            }
        }
        return found;
    }

    /** Asks for one number after the other: a link can be read when no descriptor is left to list them with. */
    Found probe(long limit) {
        Found found = new Found(ownName());
        int seen = highest;
        for (int fd = 0; fd <= seen + GAP && (limit < 0 || fd < limit || fd <= highest); fd++) {
            if (add(fd, found)) {
                seen = Math.max(seen, fd);
            }
        }
        return found;
    }

    private boolean add(int fd, Found found) {
        try {
            Path target = Files.readSymbolicLink(directory.resolve(Integer.toString(fd)));
            found.add(fd, target.toString());
        } catch (NoSuchFileException e) {
            return false; // Closed since the listing, as the one that listed always is.
        } catch (IOException e) {
            found.addUnreadable();
        }
        highest = Math.max(highest, fd);
        return true;
    }

    /** What a descriptor of this very directory links to. */
    private @Nullable String ownName() {
        try {
            return directory.toRealPath().toString();
        } catch (IOException e) {
            return null;
        }
    }

    private static long digits(String text, int from, int to) {
        if (from >= to || to - from > 18) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** What one reading found. */
    static final class Found {

        private final Map<Integer, Long> socketInodes = new TreeMap<>();
        private final @Nullable String ownName;
        private long open;
        private int unreadable;

        private Found(@Nullable String ownName) {
            this.ownName = ownName;
        }

        /** Inode of each socket, by descriptor. */
        Map<Integer, Long> socketInodes() {
            return socketInodes;
        }

        /** Number of open descriptors; -1 if none was found: a process that asks has some. */
        long open() {
            return open == 0 ? -1 : open;
        }

        private @Nullable String detail() {
            return unreadable == 0 ? null : unreadable + " links not readable, counted as open";
        }

        private void add(int fd, String target) {
            if (target.equals(ownName)) {
                return; // Somebody lists this directory at this moment, and will not for long.
            }
            open++;
            if (target.startsWith(SOCKET) && target.endsWith("]")) {
                long inode = digits(target, SOCKET.length(), target.length() - 1);
                if (inode > 0) {
                    socketInodes.put(fd, inode);
                }
            }
        }

        private void addUnreadable() {
            open++;
            unreadable++;
        }
    }
}
