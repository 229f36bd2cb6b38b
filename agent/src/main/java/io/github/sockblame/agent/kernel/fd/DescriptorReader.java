// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.fd;

import io.github.sockblame.agent.kernel.proc.ByteDigits;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads one descriptor after the other: whether it is open, and which socket it is. It calls fstat, or reads the link
 * if this JDK has no way to call fstat.
 */
final class DescriptorReader {

    private static final String SOCKET = "socket:[";

    private final Path folder;
    private final String folderName;
    private @Nullable FstatCalls calls;
    private int highest = -1;

    /**
     * Reads descriptors of this process.
     *
     * @param folder {@code self/fd}
     * @param calls null to read the links
     */
    DescriptorReader(Path folder, @Nullable FstatCalls calls) {
        this.folder = folder;
        this.folderName = new File(folder.toString()).getName();
        this.calls = calls;
    }

    /** Returns whether it calls fstat. */
    boolean usesFstat() {
        return calls != null;
    }

    /** The highest descriptor that was ever found open; -1 if none was. */
    int highest() {
        return highest;
    }

    /**
     * Adds this descriptor to the result if it is open; false if it is closed.
     *
     * @param remembered sockets that need no fstat for now
     */
    boolean read(int fd, RememberedSockets remembered, ScanResult result) {
        FstatCalls fstat = calls;
        boolean open = fstat == null ? readLink(fd, result) : callFstat(fstat, fd, remembered, result);
        if (open) {
            highest = Math.max(highest, fd);
        }
        return open;
    }

    private boolean callFstat(FstatCalls fstat, int fd, RememberedSockets remembered, ScanResult result) {
        long known = remembered.inodeOf(fd);
        if (known > 0) {
            result.addRemembered(fd, known);
            return true;
        }
        long inode;
        try {
            inode = fstat.socketInode(fd);
        } catch (Exception e) {
            calls = null; // this way does not work in this JVM, and will not the next time
            return readLink(fd, result);
        }
        if (inode == FstatCalls.CLOSED) {
            return false;
        }
        result.add(fd, inode);
        return true;
    }

    private boolean readLink(int fd, ScanResult result) {
        try {
            String target =
                    Files.readSymbolicLink(folder.resolve(Integer.toString(fd))).toString();
            if (!isOwnFolder(target)) { // otherwise a thread lists this folder now, for a moment
                result.add(fd, inodeOf(target));
            }
        } catch (NoSuchFileException e) {
            return false; // closed since the listing, as the listing's own descriptor always is
        } catch (IOException e) {
            result.addUnreadable(fd);
        }
        return true;
    }

    private static long inodeOf(String target) {
        boolean socket = target.startsWith(SOCKET) && target.endsWith("]");
        return socket
                ? ByteDigits.decimal(target.substring(SOCKET.length(), target.length() - 1))
                : FstatCalls.NO_SOCKET;
    }

    /** Returns whether this is the link of a descriptor of the folder itself. The end of the path is the cheap part. */
    private boolean isOwnFolder(String target) {
        try {
            return target.endsWith(folderName)
                    && target.equals(folder.toRealPath().toString());
        } catch (IOException e) {
            return false;
        }
    }
}
