// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.report.FileStat;
import io.github.sockblame.report.ReportJson;
import io.github.sockblame.report.RequestFile;
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

/** One question to an agent by a {@link RequestFile}, for when its JVM cannot be attached to. The file is gone afterwards, whatever happens. */
final class FileRequest {

    /** An agent looks once a second, but not sooner than some seconds after its latest answer, and a large report takes a while. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** No viewer waits for so long: a file of this age was left by one that was killed. */
    private static final Duration STALE = Duration.ofMinutes(1);

    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(50);

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
        // by our own name for it if we can, for the other ends with the process, and the file would stay
        Path folder = process.sharesPath(tmp) ? tmp : process.pathInside(tmp);
        return new FileRequest(process, pauses, folder, folder.resolve(RequestFile.name(process.pidInContainer())));
    }

    Path file() {
        return file;
    }

    /** Asks, and waits for the answer. */
    FetchedReport ask() throws CannotAnswerException {
        long deadline = pauses.nanoTime() + PATIENCE.toNanos();
        Thread cleaner = new Thread(this::remove, "sockblame-cleaner");
        Runtime.getRuntime().addShutdownHook(cleaner); // Ctrl-C
        try {
            place(deadline);
            awaitAnswer(deadline);
            // its owner could put a pipe in its place, on which one waits for ever
            return Deadline.within(PATIENCE, "the owner of " + file, this::read);
        } catch (IOException e) {
            throw failed(e);
        } finally {
            remove();
            forget(cleaner);
        }
    }

    private static void forget(Thread cleaner) {
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(cleaner);
        } catch (IllegalStateException e) {
            // this JVM ends already, and so the hook runs
        }
    }

    private void remove() {
        try {
            boolean unused = placed && Files.deleteIfExists(file);
            placed = false;
        } catch (IOException e) {
            // its folder went with the container
        }
    }

    private void place(long deadline) throws IOException, CannotAnswerException {
        // a link would lead out of the container of that process, and to a place of ours
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new CannotAnswerException(
                    process.name() + " has no folder " + RequestFile.FOLDER + ", in which it could be asked by a file",
                    "make it one");
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

    private FileStat look() throws IOException {
        return FileStat.of(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Waits for another viewer, and takes away what was left by one that is dead. */
    private void removeStale(long deadline) throws IOException, CannotAnswerException {
        FileStat there;
        try {
            there = look();
        } catch (NoSuchFileException e) {
            return;
        }
        if (there.uid() != process.owner() || !there.isPlainFile()) {
            throw new CannotAnswerException(
                    file + " is in the way, and was made by somebody else", "remove it, and try again");
        }
        if (Duration.between(there.modified(), Instant.now()).compareTo(STALE) > 0) {
            Files.deleteIfExists(file);
        } else if (pauses.nanoTime() - deadline > 0) {
            throw new CannotAnswerException(
                    "another sockblame asks " + process.name() + " by " + file,
                    "try again when it has its answer, or in a minute if it was killed");
        } else {
            pauses.pause(BETWEEN_LOOKS);
        }
    }

    /**
     * Gives the file to the user of the JVM, if we are root and it is another.
     *
     * <p>By its name: so nobody but root may be able to put something else in its place, which would be given to that user then.
     */
    private void chown() throws IOException, CannotAnswerException {
        if (process.isOurs()) {
            return;
        }
        FileStat of = FileStat.of(folder, LinkOption.NOFOLLOW_LINKS);
        if (of.uid() != 0 || !of.protectsFiles()) {
            throw new CannotAnswerException(
                    folder + " is not only root's, so that root must not give a file away in it",
                    "run sockblame as the user of " + process.name());
        }
        Files.setAttribute(file, "unix:uid", process.owner(), LinkOption.NOFOLLOW_LINKS);
    }

    private void awaitAnswer(long deadline) throws IOException, CannotAnswerException {
        while (!look().isAnswerOf(process.owner())) {
            if (!process.exists()) {
                throw hasEnded();
            }
            if (pauses.nanoTime() - deadline > 0) {
                throw new CannotAnswerException(
                        process.name() + " did not answer the file " + file + " within " + PATIENCE.toSeconds() + " s",
                        "it has no working Sockblame agent in it, or one with file.requests=false, or has used no socket yet, or is stopped");
            }
            pauses.pause(BETWEEN_LOOKS);
        }
    }

    private CannotAnswerException failed(IOException e) {
        if (!(e instanceof NoSuchFileException)) {
            return new CannotAnswerException(
                    "cannot ask by the file " + file + " (" + OutputFile.why(e) + ")",
                    "see that " + RequestFile.FOLDER + " is there and that you may write to it",
                    e);
        }
        return process.exists()
                ? new CannotAnswerException(file + " was taken away before it was answered", "try again", e)
                : hasEnded();
    }

    private CannotAnswerException hasEnded() {
        return new CannotAnswerException(process.name() + " has ended", "sockblame ps lists those that run");
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
                    "see whether the disk of " + file + " is full");
        }
        if (answer[0] == RequestFile.CANNOT.charAt(0)) {
            String line = new String(answer, 0, Math.min(answer.length, 4096), UTF_8).strip();
            throw new CannotAnswerException("the agent in " + process.name() + " " + line, "try again");
        }
        return SavedReport.parse(answer, "the answer of " + process.name());
    }
}
