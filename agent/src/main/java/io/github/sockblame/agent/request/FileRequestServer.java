// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.agent.file.JdkPaths;
import io.github.sockblame.agent.file.ReserveDescriptors;
import io.github.sockblame.agent.log.ErrorText;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.memory.NoRoomException;
import io.github.sockblame.agent.service.ReportLease;
import io.github.sockblame.agent.service.ReportService;
import io.github.sockblame.agent.service.WatchThreadShare;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.ReportDetail;
import io.github.sockblame.report.RequestFile;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.write.ReportWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Checks for a file request of a viewer, and answers it. This way is open when no file descriptor is left, which attach
 * and JMX need.
 *
 * <p>On the watch thread alone. A check is one lstat(2). Answers may take one part in two hundred of the time, as the
 * rounds do, unless that would delay an answer by more than some seconds, because a viewer waits for it. A file that
 * may not be answered stays as it is, without a message here. Otherwise any user could flood the program's standard
 * error; the viewer finds that file and reports it.
 */
public final class FileRequestServer {

    private static final long MAX_PAUSE_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private final RequestFileHandler requestFileHandler;
    private final ReportService reports;
    private final LongSupplier nanoTime;
    private final FileRequestRule rule;
    private long next;

    FileRequestServer(
            RequestFileHandler requestFileHandler, ReportService reports, LongSupplier nanoTime, FileRequestRule rule) {
        this.requestFileHandler = requestFileHandler;
        this.reports = reports;
        this.nanoTime = nanoTime;
        this.rule = rule;
    }

    /**
     * Serves requests to the agent of this process.
     *
     * @param pid of this process, in its own PID namespace
     * @param spare the reserve to open the file with if there is no other descriptor left
     * @param nanoTime the clock that measures the cost of an answer, as {@link System#nanoTime} has it
     * @param rule which requests are answered
     */
    public static FileRequestServer to(
            long pid, ReportService reports, ReserveDescriptors spare, LongSupplier nanoTime, FileRequestRule rule) {
        Path folder = JdkPaths.of(RequestFile.FOLDER);
        RequestFileHandler requestFileHandler =
                new RequestFileHandler(folder, RequestFile.name(pid), JdkPaths.of("/proc/self"), spare);
        return new FileRequestServer(requestFileHandler, reports, nanoTime, rule);
    }

    /** Takes the descriptors, and loads what needs a file to be loaded, while that is possible. */
    public void openFilesEarly() {
        requestFileHandler.refillReserve();
        requestFileHandler.warmUp();
        rule.read();
    }

    /**
     * Checks once; must be called once a second.
     *
     * @param nowMillis a time that never goes back, unlike the clock's
     */
    public void poll(long nowMillis) {
        requestFileHandler.refillReserve();
        if (nowMillis < next || !requestFileHandler.isPending()) {
            return;
        }
        long began = nanoTime.getAsLong();
        try {
            answer();
        } finally {
            long cost = TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - began);
            next = nowMillis + Math.min(MAX_PAUSE_MILLIS, cost * WatchThreadShare.DUTY_DIVISOR);
        }
    }

    private void answer() {
        // before there is a file open: the reading may need the last descriptor
        try (ReportLease lease = reports.lease(ReportDetail.WHOLE)) {
            Report report = lease.report();
            boolean unused = rule.allows(report.fileDescriptors())
                    ? requestFileHandler.answer(stream -> ReportWriter.write(report, stream))
                    : requestFileHandler.answer(
                            stream -> stream.write((RequestFile.ATTACH_DISABLED + "\n").getBytes(UTF_8)));
        } catch (NoRoomException e) {
            refuse(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            refuse(ErrorText.of(e));
        } catch (Throwable t) {
            InternalErrors.count(t);
            refuse(ErrorText.of(t));
        }
    }

    /** Refuses in one line; if even that cannot be written, by an empty answer. */
    private void refuse(String why) {
        try {
            try {
                String line = RequestFile.CANNOT + SafeText.of(why) + "\n";
                boolean unused = requestFileHandler.answer(stream -> stream.write(line.getBytes(UTF_8)));
            } catch (IOException e) {
                requestFileHandler.markFailed();
            }
        } catch (IOException e) {
            // the viewer has removed it
        }
    }
}
