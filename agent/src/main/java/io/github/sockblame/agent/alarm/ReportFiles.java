// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alarm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.agent.file.FilePattern;
import io.github.sockblame.agent.file.NewFile;
import io.github.sockblame.agent.file.SpareDescriptors;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.ReportJson;
import io.github.sockblame.report.text.LeaksText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Files with reports, named as the user said: {@code %p} is the process id and {@code %t} the time. Under a name that ends with
 * {@code .json} it is the whole report, and else the text. Only so many are kept; a name that comes again is replaced, and never seen half
 * written.
 *
 * <p>Not for two threads at once.
 */
public final class ReportFiles {

    private static final int KEPT = 10;
    private static final String JSON = ".json";
    private static final String UNFINISHED = ".part";

    private final String pattern;
    private final SpareDescriptors spare;
    private final Deque<Path> written = new ArrayDeque<>();

    /**
     * To the files of this pattern.
     *
     * @param spare what to open them with if there is no other descriptor left
     */
    public ReportFiles(String pattern, SpareDescriptors spare) {
        this.pattern = pattern;
        this.spare = spare;
    }

    /**
     * Writes one.
     *
     * @return where it is
     * @throws IOException if it cannot be written
     */
    Path write(Report report) throws IOException {
        Path file = Path.of(FilePattern.fill(pattern, report.program().pid(), report.takenAt()))
                .toAbsolutePath();
        String content = pattern.endsWith(JSON) ? ReportJson.write(report) : LeaksText.of(report);
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        byte[] bytes = content.getBytes(UTF_8);
        Path done = spare.with(() -> {
            Files.deleteIfExists(unfinished); // of a JVM that ended in the middle of it
            NewFile.write(unfinished, bytes);
            return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
        keep(done);
        return done;
    }

    private void keep(Path file) throws IOException {
        written.remove(file);
        written.addLast(file);
        if (written.size() > KEPT) {
            Files.deleteIfExists(written.removeFirst());
        }
    }
}
