// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.report.FileStat;
import io.github.sockblame.report.RequestFile;
import io.github.sockblame.report.json.ReportJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** One request to an agent by a {@link RequestFile}, for a JVM that cannot be attached to. The file is removed afterwards in every case. */
final class FileRequest {

    /** An agent polls once a second, but it pauses some seconds after an answer, and a large report takes time. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

    /** No viewer waits for so long. A file of this age belongs to a viewer that was killed. */
    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final LocalProcess process;
    private final Pauses pauses;
    private final Path folder;
    private final Path file;
    private volatile boolean placed;

    private FileRequest(LocalProcess process, Pauses pauses, Path folder, Path file) {
        this.process = process;
        this.pauses = pauses;
        this.folder = folder;
        this.file = file;
    }

    static FileRequest to(LocalProcess process) throws CannotAnswerException {
        return to(process, new Pauses());
    }

    static FileRequest to(LocalProcess process, Pauses pauses) throws CannotAnswerException {
        Path tmp = Path.of(RequestFile.FOLDER);
        // our own path if possible: the other path ends with the process, and the file would stay
        Path folder = process.sharesPath(tmp) ? tmp : process.pathInside(tmp);
        return new FileRequest(
                process,
                pauses,
                folder,
                folder.resolve(RequestFile.name(process.status().innermostPid())));
    }

    Path file() {
        return file;
    }

    /** Makes the request, and waits for the answer. */
    FetchedReport fetch() throws CannotAnswerException {
        long deadline = pauses.nanoTime() + ANSWER_TIMEOUT.toNanos();
        Thread cleaner = new Thread(this::remove, "sockblame-cleaner");
        Runtime.getRuntime().addShutdownHook(cleaner); // Ctrl-C
        try {
            place(deadline);
            awaitAnswer(deadline);
            // the owner could replace the file by a pipe, and a read of a pipe may block without end
            return Deadline.within(ANSWER_TIMEOUT, "the owner of " + file, this::read);
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

    private void remove() {
        try {
            boolean unused = placed && Files.deleteIfExists(file);
            placed = false;
        } catch (IOException e) {
            // the container and its folder are gone
        }
    }

    private void place(long deadline) throws IOException, CannotAnswerException {
        // a link could lead out of the container of that process to our own files
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new CannotAnswerException(
                    process.name() + " has no folder " + RequestFile.FOLDER + " for a file request",
                    "create that folder");
        }
        while (!placed) {
            try {
                Files.createFile(file, OutputFile.PRIVATE);
                placed = true;
            } catch (FileAlreadyExistsException e) {
                removeStale(deadline);
            }
        }
        chown();
    }

    private FileStat stat() throws IOException {
        return FileStat.of(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Waits for another viewer, and removes the file of a dead one. */
    private void removeStale(long deadline) throws IOException, CannotAnswerException {
        FileStat there;
        try {
            there = stat();
        } catch (NoSuchFileException e) {
            return;
        }
        if (there.uid() != process.owner() || !there.isPlainFile()) {
            throw new CannotAnswerException(
                    file + " is in the way and is not a request of the user of " + process.name(),
                    "remove it, and try again");
        }
        if (Duration.between(there.modified(), Instant.now()).compareTo(MAX_AGE) > 0) {
            Files.deleteIfExists(file);
        } else if (pauses.nanoTime() - deadline > 0) {
            throw new CannotAnswerException(
                    "another sockblame uses the request file " + file,
                    "try again when it has ended, or in a minute if it was killed");
        } else {
            pauses.pause(POLL_NANOS);
        }
    }

    /**
     * Gives the file to the user of the JVM, if the viewer runs as root and the JVM does not.
     *
     * <p>The change is by name. So only root may be able to replace files in the folder, else the user would get the replacement.
     */
    private void chown() throws IOException, CannotAnswerException {
        if (process.isOurs()) {
            return;
        }
        FileStat of = FileStat.of(folder, LinkOption.NOFOLLOW_LINKS);
        if (of.uid() != 0 || !of.protectsFiles()) {
            throw new CannotAnswerException(
                    "users other than root can replace files in " + folder,
                    "run sockblame as the user of " + process.name());
        }
        Files.setAttribute(file, "unix:uid", process.owner(), LinkOption.NOFOLLOW_LINKS);
    }

    private void awaitAnswer(long deadline) throws IOException, CannotAnswerException {
        while (!stat().isAnswerOf(process.owner())) {
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

    private FetchedReport read() throws CannotAnswerException {
        byte[] answer;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            answer = in.readNBytes((int) ReportJson.MAX_BYTES + 1);
        } catch (IOException e) {
            throw failed(e);
        }
        if (answer.length == 0) {
            throw new CannotAnswerException(
                    "the agent in " + process.name() + " could not write its answer",
                    "check whether the disk of " + file + " is full");
        }
        if (answer[0] == RequestFile.CANNOT.charAt(0)) {
            String line = new String(answer, 0, Math.min(answer.length, 4096), UTF_8).strip();
            throw new CannotAnswerException("the agent in " + process.name() + " " + line, "try again");
        }
        return SavedReport.parse(answer, "the answer of " + process.name());
    }
}
