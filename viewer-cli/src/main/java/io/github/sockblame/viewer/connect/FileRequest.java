// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.report.AttachRequest;
import io.github.sockblame.report.RequestFile;
import io.github.sockblame.report.json.ReportJson;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request to an agent that is answered in a file: a {@link RequestFile}, or an {@link AttachRequest}. The file is removed afterwards in every case. */
final class FileRequest {

    /** An agent polls once a second, but it pauses some seconds after an answer, and a large report takes time. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

    /** No viewer waits for so long. A file of this age belongs to a viewer that was killed. */
    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    /** The name of {@link RequestFile#FOLDER} below the root. */
    private static final Path TMP = Path.of("/").relativize(Path.of(RequestFile.FOLDER));

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final LocalProcess process;
    private final Pauses pauses;
    private final Path above;
    private final Path file;
    private final Path name;
    private @Nullable OpenFolder opened;
    private volatile boolean placed;

    /** Whether another thread may be inside a read, which a close of the folder would wait for. */
    private volatile boolean reading;

    private FileRequest(LocalProcess process, Pauses pauses, Path above, String name) {
        this.process = process;
        this.pauses = pauses;
        this.above = above;
        this.name = Path.of(name);
        this.file = above.resolve(TMP).resolve(name);
    }

    static FileRequest to(LocalProcess process) throws CannotAnswerException {
        return to(process, new Pauses());
    }

    static FileRequest to(LocalProcess process, Pauses pauses) throws CannotAnswerException {
        return to(process, pauses, RequestFile.name(process.status().innermostPid()));
    }

    /** The file for the answer to a request by attach. */
    static FileRequest to(LocalProcess process, AttachRequest request) throws CannotAnswerException {
        return to(process, new Pauses(), request.fileName(process.status().innermostPid()));
    }

    private static FileRequest to(LocalProcess process, Pauses pauses, String name) {
        boolean shared = process.sharesPath(Path.of(RequestFile.FOLDER));
        Path root = Path.of("/");
        return new FileRequest(process, pauses, shared ? root : process.pathInside(root), name);
    }

    Path file() {
        return file;
    }

    /** The call that has the agent answer at once. */
    @FunctionalInterface
    interface Trigger {
        void run() throws CannotAnswerException;
    }

    /**
     * Makes the request, and returns the answer.
     *
     * @param trigger returns when the agent has answered; null for an agent that finds the file by itself
     */
    byte[] answer(@Nullable Trigger trigger) throws CannotAnswerException {
        long deadline = pauses.nanoTime() + ANSWER_TIMEOUT.toNanos();
        Thread cleaner = new Thread(this::remove, "sockblame-cleaner");
        Runtime.getRuntime().addShutdownHook(cleaner); // Ctrl-C
        try {
            OpenFolder folder = open();
            UserPrincipal user = process.user();
            place(folder, user, deadline);
            if (trigger == null) {
                awaitAnswer(folder, user, deadline);
            } else {
                trigger.run();
                checkAnswered(folder, user);
            }
            reading = true;
            // the owner could replace the file by a pipe, and an open of a pipe may block without end
            return Deadline.within(ANSWER_TIMEOUT, "the owner of " + file, () -> read(folder));
        } catch (IOException e) {
            throw failed(e);
        } finally {
            remove();
            removeHook(cleaner);
        }
    }

    private static void removeHook(Thread cleaner) {
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(cleaner);
        } catch (IllegalStateException e) {
            // this JVM is ending, so the hook runs
        }
    }

    private synchronized void remove() {
        OpenFolder folder = opened;
        if (folder == null) {
            return;
        }
        try {
            if (placed) {
                folder.delete(name);
            }
            placed = false;
            if (!reading) {
                opened = null;
                folder.close();
            }
        } catch (IOException e) {
            // the disk of that folder is gone
        }
    }

    /** Opens the folder, through no link: a link could lead out of the container of that process to our own files. */
    private synchronized OpenFolder open() throws IOException, CannotAnswerException {
        try {
            OpenFolder folder = OpenFolder.open(above, TMP);
            opened = folder;
            return folder;
        } catch (NotDirectoryException | NoSuchFileException e) {
            throw process.exists()
                    ? new CannotAnswerException(
                            process.name() + " has no folder " + RequestFile.FOLDER + " for a file request",
                            "create that folder",
                            e)
                    : ended();
        }
    }

    private void place(OpenFolder folder, UserPrincipal user, long deadline) throws IOException, CannotAnswerException {
        checkFolder(folder);
        while (!placed) {
            try {
                folder.create(name, new byte[0]);
                placed = true;
            } catch (FileAlreadyExistsException e) {
                removeStale(folder, user, deadline);
            }
        }
        if (!process.isOurs()) {
            folder.setOwner(name, user);
        }
    }

    /**
     * Checks the folder if the viewer is root.
     *
     * <p>A user can make any folder the {@code /tmp} of her own process, without any right (mount_namespaces(7)). There root would give her a
     * file in a folder into which she may not write. So it has to be a folder in which every user may make a file, and in which no user can
     * replace a file of root before it is given away.
     */
    private void checkFolder(OpenFolder folder) throws IOException, CannotAnswerException {
        if (process.isViewedByRoot() && !folder.stat().isSharedFolderOf(0)) {
            throw new CannotAnswerException(
                    folder.path() + " is not a folder of root with mode 1777, so root makes no file in it",
                    "correct its owner and mode, or run sockblame as the user of " + process.name());
        }
    }

    /** Waits for another viewer, and removes the file of a dead one. */
    private void removeStale(OpenFolder folder, UserPrincipal user, long deadline)
            throws IOException, CannotAnswerException {
        PosixFileAttributes there;
        try {
            there = folder.attributes(name);
        } catch (NoSuchFileException e) {
            return;
        }
        if (!there.owner().equals(user) || !there.isRegularFile()) {
            throw new CannotAnswerException(
                    file + " is in the way and is not a request of the user of " + process.name(),
                    "remove it, and try again");
        }
        Instant modified = there.lastModifiedTime().toInstant();
        if (Duration.between(modified, Instant.now()).compareTo(MAX_AGE) > 0) {
            folder.delete(name);
        } else if (pauses.nanoTime() - deadline > 0) {
            throw new CannotAnswerException(
                    "another sockblame uses the request file " + file,
                    "try again when it has ended, or in a minute if it was killed");
        } else {
            pauses.pause(POLL_NANOS);
        }
    }

    private void checkAnswered(OpenFolder folder, UserPrincipal user) throws IOException, CannotAnswerException {
        if (!isAnswer(folder.attributes(name), user)) {
            throw new ClosedRouteException(
                    "the agent in " + process.name() + " does not answer requests by attach",
                    "check whether it is of an older version: sockblame ps");
        }
    }

    private void awaitAnswer(OpenFolder folder, UserPrincipal user, long deadline)
            throws IOException, CannotAnswerException {
        while (!isAnswer(folder.attributes(name), user)) {
            if (!process.exists()) {
                throw ended();
            }
            if (pauses.nanoTime() - deadline > 0) {
                throw new CannotAnswerException(
                        process.name() + " did not answer the request file " + file + " within "
                                + ANSWER_TIMEOUT.toSeconds() + " s",
                        "check that it is not stopped, has used a socket, and has a working agent without file.requests=false");
            }
            pauses.pause(POLL_NANOS);
        }
    }

    /** Returns whether this is a complete answer, see {@link RequestFile#MODE_ANSWERED}. */
    private static boolean isAnswer(PosixFileAttributes seen, UserPrincipal user) {
        return seen.isRegularFile()
                && seen.owner().equals(user)
                && seen.permissions().equals(Set.of(PosixFilePermission.OWNER_READ));
    }

    private CannotAnswerException failed(IOException e) {
        if (!(e instanceof NoSuchFileException)) {
            return new CannotAnswerException(
                    "cannot use the request file " + file + " (" + OutputFile.why(e) + ")",
                    "check that " + RequestFile.FOLDER + " exists and that you may write to it",
                    e);
        }
        return process.exists()
                ? new CannotAnswerException(file + " was removed before the agent answered", "try again", e)
                : ended();
    }

    private CannotAnswerException ended() {
        return new CannotAnswerException(process.name() + " has ended", "sockblame ps lists the JVMs of this machine");
    }

    private byte[] read(OpenFolder folder) throws CannotAnswerException {
        byte[] answer;
        try {
            answer = folder.read(name, (int) ReportJson.maxBytes() + 1);
        } catch (IOException e) {
            throw failed(e);
        } finally {
            reading = false;
        }
        if (answer.length == 0) {
            throw new CannotAnswerException(
                    "the agent in " + process.name() + " could not write its answer",
                    "check whether the disk of " + file + " is full");
        }
        String line = new String(answer, 0, Math.min(answer.length, 4096), UTF_8).strip();
        if (line.startsWith(RequestFile.CANNOT)) {
            throw refusal(line);
        }
        return answer;
    }

    private CannotAnswerException refusal(String line) {
        String reason = line.substring(RequestFile.CANNOT.length());
        return NoMemoryException.isReason(reason)
                ? new NoMemoryException(process.name(), reason, null)
                : new CannotAnswerException(
                        "the agent in " + process.name() + " " + line,
                        line.equals(RequestFile.ATTACH_DISABLED)
                                ? "start that JVM with the agent's option file.requests=true, or use its JMX address"
                                : "try again");
    }
}
