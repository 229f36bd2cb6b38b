// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.agent.file.AppendedFile;
import io.github.sockblame.agent.file.BoundedStream;
import io.github.sockblame.agent.file.FilePattern;
import io.github.sockblame.agent.file.JdkPaths;
import io.github.sockblame.agent.file.ReserveDescriptors;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.report.write.ReportWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Files with reports, by the pattern of the user: {@code %p} is the process id and {@code %t} the time. A name that
 * ends with {@code .json} gets the whole report, any other name the text. Only a limited number is kept, and fewer
 * large ones. A repeated name is replaced if it is a regular file, and no reader finds a file half written.
 *
 * <p>Not for two threads at once.
 */
public final class ReportFiles implements ReportDestination {

    private static final int KEPT = 10;

    private static final String JSON = ".json";
    private static final String UNFINISHED = ".part";

    private final String pattern;
    private final ReserveDescriptors spare;
    private final long mostBytes;
    private final Deque<Written> written = new ArrayDeque<>();

    /** A file that is kept. */
    private record Written(Path file, long bytes) {}

    /**
     * Writes files of this pattern.
     *
     * @param spare the reserve to open them with if there is no other descriptor left
     */
    public ReportFiles(String pattern, ReserveDescriptors spare) {
        this(pattern, spare, Report.MAX_JSON_BYTES);
    }

    /** With another bound on the size of all files together. */
    ReportFiles(String pattern, ReserveDescriptors spare, long mostBytes) {
        this.pattern = pattern;
        this.spare = spare;
        this.mostBytes = mostBytes;
    }

    /**
     * Writes one report.
     *
     * @return its file
     * @throws IOException if it cannot be written, or is larger than the bound on all files together
     */
    @Override
    public Path write(Report report) throws IOException {
        Path file = JdkPaths.of(FilePattern.fill(pattern, report.program().pid(), report.takenAt()))
                .toAbsolutePath();
        refuseOtherThanFile(file);
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        Path done = spare.withReserve(() -> {
            Files.deleteIfExists(unfinished); // of a JVM that ended during the write
            AppendedFile.writeNew(unfinished, stream -> write(report, new BoundedStream(stream, mostBytes)));
            return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
        keep(new Written(done, Files.size(done)));
        return done;
    }

    /** As root a device such as {@code /dev/null} could be replaced, for every process of the machine. */
    private static void refuseOtherThanFile(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            String kind = Files.isDirectory(file) ? "it is a folder" : "it is a device, a FIFO or a socket";
            throw new FileSystemException(file.toString(), null, kind);
        }
    }

    private void write(Report report, OutputStream stream) throws IOException {
        if (pattern.endsWith(JSON)) {
            ReportWriter.write(report, stream);
        } else {
            stream.write(LeaksText.of(report).getBytes(UTF_8));
        }
    }

    private void keep(Written latest) throws IOException {
        written.removeIf(one -> one.file.equals(latest.file));
        written.addLast(latest);
        while (written.size() > KEPT || bytes() > mostBytes) {
            Files.deleteIfExists(written.removeFirst().file);
        }
    }

    private long bytes() {
        return written.stream().mapToLong(Written::bytes).sum();
    }
}
