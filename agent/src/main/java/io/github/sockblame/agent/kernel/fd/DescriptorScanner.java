// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.fd;

import io.github.sockblame.agent.collection.IntLongTable;
import io.github.sockblame.agent.kernel.proc.SourceStatus;
import io.github.sockblame.agent.log.ErrorText;
import io.github.sockblame.agent.log.InternalErrors;
import java.io.File;
import java.nio.file.Path;
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
public final class DescriptorScanner {

    private static final String BY_FSTAT = "fstat(0, 1, 2...)";

    private final File folder;
    private final DescriptorReader reader;
    private final NumberScan numbers;
    private final ListingScan listing;

    /**
     * Scans this folder.
     *
     * @param calls fstat for the descriptors; null to read their links
     */
    public DescriptorScanner(Path folder, @Nullable FstatCalls calls) {
        this.folder = new File(folder.toString());
        reader = new DescriptorReader(folder, calls);
        numbers = new NumberScan(reader);
        listing = new ListingScan(this.folder, reader);
    }

    /**
     * The descriptors that are open now.
     *
     * @param limit the soft limit of descriptors; -1 if unknown
     * @param remembered sockets that need no fstat, if {@link #verify} finds their rows
     * @param answers receives the success of each source
     */
    public ScanResult read(long limit, RememberedSockets remembered, List<SourceStatus> answers) {
        try {
            return scan(limit, remembered, answers);
        } catch (RuntimeException e) {
            InternalErrors.countUnlessRefused(e);
            answers.add(new SourceStatus(folder.getPath(), false, ErrorText.of(e)));
            return new ScanResult();
        }
    }

    private ScanResult scan(long limit, RememberedSockets remembered, List<SourceStatus> answers) {
        long expected = expected();
        ScanResult result = scanNumbers(limit, expected, remembered);
        if (!isComplete(result, expected) && result.hasRemembered()) { // one of them may be closed
            expected = expected();
            result = scanNumbers(limit, expected, RememberedSockets.NONE);
        }
        if (isComplete(result, expected)) {
            answers.add(new SourceStatus(BY_FSTAT, true, null));
            return result;
        }
        return list(result, limit, answers);
    }

    /** The kernel's count of the open descriptors; 0 if it has none, or if there is no way to call fstat for each. */
    private long expected() {
        return reader.usesFstat() ? folder.length() : 0;
    }

    private ScanResult scanNumbers(long limit, long expected, RememberedSockets remembered) {
        return expected > 0 ? numbers.scan(limit, expected, remembered) : new ScanResult();
    }

    /** Returns whether these are as many as the kernel counted before the scan, and counts now. */
    private boolean isComplete(ScanResult result, long expected) {
        return result.open() == expected && folder.length() == expected;
    }

    private ScanResult list(ScanResult result, long limit, List<SourceStatus> answers) {
        String failure = listing.addTo(result);
        if (failure == null) {
            answers.add(new SourceStatus(folder.getPath(), true, result.detail()));
            return result;
        }
        answers.add(new SourceStatus(folder.getPath(), false, failure));
        return folder.isDirectory() || reader.usesFstat() ? scanAll(limit, answers) : new ScanResult();
    }

    private ScanResult scanAll(long limit, List<SourceStatus> answers) {
        ScanResult result = numbers.scan(limit, NumberScan.ALL, RememberedSockets.NONE);
        boolean any = result.open() > 0;
        String name = reader.usesFstat() ? BY_FSTAT : folder.getPath() + "/0, 1, 2...";
        answers.add(new SourceStatus(name, any, any ? result.detail() : "none is there"));
        return result;
    }

    /** The sockets of a scan, made certain: fstat is called for those that were remembered and have no row. */
    public SocketInodes verify(ScanResult result, InodeMap<?> rows) {
        SocketInodes found = result.socketInodes();
        if (!result.hasRemembered() || haveRows(result, found, rows)) {
            return found;
        }
        IntLongTable verified = new IntLongTable(found.size());
        for (int i = 0; i < found.size(); i++) {
            int fd = found.fd(i);
            if (!result.isRemembered(fd) || rows.at(found.inode(i)) != null) {
                verified.put(fd, found.inode(i));
            } else {
                readAgain(fd, result, verified);
            }
        }
        return new SocketInodes(verified);
    }

    /** Returns whether each socket that was remembered has a row. */
    private static boolean haveRows(ScanResult result, SocketInodes found, InodeMap<?> rows) {
        for (int i = 0; i < found.size(); i++) {
            if (result.isRemembered(found.fd(i)) && rows.at(found.inode(i)) == null) {
                return false;
            }
        }
        return true;
    }

    private void readAgain(int fd, ScanResult result, IntLongTable verified) {
        ScanResult again = new ScanResult();
        if (!reader.read(fd, RememberedSockets.NONE, again)) {
            result.countClosed();
        }
        SocketInodes socket = again.socketInodes();
        if (!socket.isEmpty()) {
            verified.put(fd, socket.inode(0));
        }
    }
}
