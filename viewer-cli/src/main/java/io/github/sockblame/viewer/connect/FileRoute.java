// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import io.github.sockblame.report.Program;
import io.github.sockblame.report.RequestFile;
import java.time.Duration;
import java.time.Instant;

/** The route by a {@link FileRequest}, which answers with a whole report. */
final class FileRoute implements Route {

    /** The tolerance between two readings of the start time of a process. */
    private static final Duration START_TIME_TOLERANCE = Duration.ofSeconds(3);

    private final LocalProcess process;
    private final FileRequest request;

    FileRoute(LocalProcess process) throws CannotAnswerException {
        this.process = process;
        this.request = FileRequest.to(process);
    }

    @Override
    public String label() {
        return "file";
    }

    @Override
    public String notice() {
        return "using the request file " + request.file();
    }

    @Override
    public <T> T send(AgentRequest<T> agentRequest) throws CannotAnswerException {
        byte[] answer;
        try {
            answer = request.answer(null);
        } catch (NoMemoryException e) {
            throw e;
        } catch (CannotAnswerException e) {
            throw new ClosedRouteException(e);
        }
        T read = agentRequest.reader().read(answer, "the answer of " + process.name());
        if (read instanceof FetchedReport fetched) {
            checkOrigin(fetched);
        }
        return read;
    }

    private void checkOrigin(FetchedReport fetched) throws CannotAnswerException {
        Instant started = ProcessHandle.of(process.pid())
                .flatMap(jvm -> jvm.info().startInstant())
                .orElse(null);
        if (started != null && !startedAt(fetched.report().program(), started)) {
            throw new CannotAnswerException(
                    "another JVM answered the request file " + request.file()
                            + ", one with the same process id in a container and the same " + RequestFile.FOLDER,
                    "run sockblame in the container of " + process.name());
        }
    }

    /** Returns whether a program started at this time, within the precision of both: the kernel counts hundredths of a second from a boot time in seconds. */
    static boolean startedAt(Program program, Instant started) {
        boolean known = !program.startedAt().equals(program.watchedSince()); // else the agent used its own start
        return !known || Duration.between(program.startedAt(), started).abs().compareTo(START_TIME_TOLERANCE) <= 0;
    }
}
