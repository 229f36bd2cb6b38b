// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import io.github.sockblame.agent.log.InternalErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the open descriptors, and the sockets among them. It calls fstat for one number after the other, from 0 on,
 * until it has found as many as the size of {@code self/fd} (kernel 6.2 and later). If that cannot be done, or while
 * descriptors come and go, it lists the folder. For 19,000 descriptors, to list them takes longer than to call fstat
 * for all, and to read their links takes five times as long.
 *
 * <p>Not for two threads at once.
 */
final class DescriptorScanner {

    /**
     * After so many closed numbers in a row, above the highest that was ever open, all further ones count as closed.
     */
    private static final int GAP = 1024;

    /** After so many closed numbers in a row, above the highest that was ever open, the count is complete. */
    private static final int MARGIN = 64;

    private static final String SOCKET = "socket:[";
    private static final String ASKED = "fstat(0, 1, 2...)";

    private final Path directory;
    private @Nullable FstatCalls calls;
    private int highest = -1;

    /**
     * Scans this folder.
     *
     * @param calls fstat for the descriptors; null to read their links
     */
    DescriptorScanner(Path directory, @Nullable FstatCalls calls) {
        this.directory = directory;
        this.calls = calls;
    }

    /**
     * The descriptors that are open now.
     *
     * @param limit the soft limit of descriptors; -1 if unknown
     * @param remembered sockets that need no fstat, if {@link ScanResult#verify} finds their rows
     * @param answers receives the success of each source
     */
    ScanResult read(long limit, RememberedSockets remembered, List<SourceStatus> answers) {
        try {
            ScanResult asked = new ScanResult(remembered);
            boolean all = scanCompletely(limit, asked);
            if (!all && asked.isAnyRemembered()) {
                asked = new ScanResult(RememberedSockets.NONE); // one of them may be closed
                all = scanCompletely(limit, asked);
            }
            if (all) {
                answers.add(new SourceStatus(ASKED, true, null));
                return asked;
            }
            return list(limit, asked, answers);
        } catch (RuntimeException e) {
            InternalErrors.countUnlessRefused(e);
            answers.add(new SourceStatus(directory.toString(), false, e.toString()));
            return new ScanResult(RememberedSockets.NONE);
        }
    }

    /** Scans by fstat, if that can be done. Returns whether it finds as many as the kernel's count. */
    private boolean scanCompletely(long limit, ScanResult scanResult) {
        long expected = calls == null ? 0 : directory.toFile().length();
        if (expected <= 0) {
            return false;
        }
        probe(limit, expected, scanResult);
        return scanResult.open == expected && directory.toFile().length() == expected;
    }

    private ScanResult list(long limit, ScanResult scanResult, List<SourceStatus> answers) {
        String name = directory.toString();
        // File.list takes one descriptor and closes it before it returns; a DirectoryStream takes two.
        String[] names = directory.toFile().list();
        if (names != null && names.length > 0) {
            add(names, scanResult);
            answers.add(new SourceStatus(name, true, scanResult.detail()));
            return scanResult;
        }
        if (!Files.isDirectory(directory)) {
            answers.add(new SourceStatus(name, false, "absent"));
            return new ScanResult(RememberedSockets.NONE);
        }
        // the list needs a descriptor, which it would contain; the JDK takes an error of getdents64(2) for the end
        String why =
                names == null ? "cannot be listed, as when no file descriptor is left" : "empty, which it never is";
        answers.add(new SourceStatus(name, false, why));
        ScanResult probed = probe(limit);
        boolean any = probed.open > 0;
        String how = calls == null ? name + "/0, 1, 2..." : ASKED;
        answers.add(new SourceStatus(how, any, any ? probed.detail() : "none is there"));
        return probed;
    }

    private void add(String[] names, ScanResult scanResult) {
        String ownName = calls == null ? ownName() : null;
        for (String name : names) {
            long fd = digits(name, 0, name.length());
            if (fd >= 0 && fd <= Integer.MAX_VALUE && !scanResult.numbers.get((int) fd)) {
                boolean unused = add((int) fd, ownName, scanResult);
            }
        }
    }

    /** Calls fstat for one number after the other: this works when no descriptor is left to list them with. */
    ScanResult probe(long limit) {
        ScanResult scanResult = new ScanResult(RememberedSockets.NONE);
        probe(limit, Long.MAX_VALUE, scanResult);
        return scanResult;
    }

    private void probe(long limit, long expected, ScanResult scanResult) {
        String ownName = calls == null ? ownName() : null;
        int before = highest;
        int seen = before;
        for (int fd = 0; fd <= seen + GAP && (limit < 0 || fd < limit || fd <= before); fd++) {
            if (add(fd, ownName, scanResult)) {
                seen = Math.max(seen, fd);
            } else if (scanResult.open >= expected && fd > seen + MARGIN) {
                return;
            }
        }
    }

    private boolean add(int fd, @Nullable String ownName, ScanResult scanResult) {
        boolean there = calls == null ? addLink(fd, ownName, scanResult) : addAsked(calls, fd, scanResult);
        if (there) {
            highest = Math.max(highest, fd);
        }
        return there;
    }

    private boolean addAsked(FstatCalls asked, int fd, ScanResult scanResult) {
        long known = scanResult.remembers.inodeOf(fd);
        if (known > 0) {
            scanResult.addRemembered(fd, known);
            return true;
        }
        long inode;
        try {
            inode = asked.socketInode(fd);
        } catch (Exception e) {
            calls = null; // this way does not work in this JVM, and will not the next time
            return addLink(fd, ownName(), scanResult);
        }
        if (inode == FstatCalls.CLOSED) {
            return false;
        }
        scanResult.add(fd, inode);
        return true;
    }

    private boolean addLink(int fd, @Nullable String ownName, ScanResult scanResult) {
        try {
            String target = Files.readSymbolicLink(directory.resolve(Integer.toString(fd)))
                    .toString();
            if (!target.equals(ownName)) { // otherwise a thread lists this directory now, for a moment
                scanResult.add(fd, inodeOf(target));
            }
        } catch (NoSuchFileException e) {
            return false; // closed since the listing, as the listing's own descriptor always is
        } catch (IOException e) {
            scanResult.addUnreadable(fd);
        }
        return true;
    }

    private static long inodeOf(String target) {
        boolean socket = target.startsWith(SOCKET) && target.endsWith("]");
        return socket ? digits(target, SOCKET.length(), target.length() - 1) : FstatCalls.NO_SOCKET;
    }

    /** The link of a descriptor of this very directory. */
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

    /** The result of one scan. */
    final class ScanResult {

        private final SocketInodes.Builder socketInodes = new SocketInodes.Builder();
        private final BitSet numbers = new BitSet();
        private final BitSet remembered = new BitSet();
        private final RememberedSockets remembers;
        private long open;
        private int unreadable;

        private ScanResult(RememberedSockets remembers) {
            this.remembers = remembers;
        }

        /**
         * Inode of each socket, by descriptor. It is certain for those with an fstat, and not for the remembered ones.
         */
        SocketInodes socketInodes() {
            return socketInodes.build();
        }

        /** The same, made certain: fstat is called for those that were remembered and have no row. */
        SocketInodes verify(SocketInodes sockets, InodeMap<?> rows) {
            if (remembered.isEmpty()) {
                return sockets;
            }
            SocketInodes.Builder confirmed = new SocketInodes.Builder();
            for (int i = 0; i < sockets.size(); i++) {
                int fd = sockets.fd(i);
                if (!remembered.get(fd) || rows.at(sockets.inode(i)) != null) {
                    confirmed.add(fd, sockets.inode(i));
                } else {
                    confirm(fd, confirmed);
                }
            }
            return confirmed.build();
        }

        private void confirm(int fd, SocketInodes.Builder confirmed) {
            ScanResult again = new ScanResult(RememberedSockets.NONE);
            if (!DescriptorScanner.this.add(fd, null, again)) {
                open--;
            } else if (again.socketInodes.last() > 0) {
                confirmed.add(fd, again.socketInodes.last());
            }
        }

        private boolean isAnyRemembered() {
            return !remembered.isEmpty();
        }

        /** Number of open descriptors; -1 if there is none, which is impossible for a running process. */
        long open() {
            return open == 0 ? -1 : open;
        }

        private @Nullable String detail() {
            return unreadable == 0 ? null : unreadable + " links not readable, counted as open";
        }

        private void add(int fd, long inode) {
            open++;
            numbers.set(fd);
            if (inode > 0) {
                socketInodes.add(fd, inode);
            }
        }

        private void addRemembered(int fd, long inode) {
            add(fd, inode);
            remembered.set(fd);
        }

        private void addUnreadable(int fd) {
            open++;
            numbers.set(fd);
            unreadable++;
        }
    }
}
