// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.agent.diagnosis.ReportService;
import io.github.sockblame.agent.file.ReserveDescriptors;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.report.ReportJson;
import io.github.sockblame.report.RequestFile;
import io.github.sockblame.report.SafeText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Looks whether a viewer asks by a file, and answers it: the way that is open when no file descriptor is left, which attach and JMX take.
 *
 * <p>On the watch thread alone. A look is one lstat(2). Answers may take one part in two hundred of the time, as the rounds do, unless that
 * would put one off by more than some seconds: somebody waits for it. What may not be answered is left as it is, and nothing is said of it
 * here, lest whoever puts it there makes the program's standard error run over; the viewer finds it in its way, and says so.
 */
public final class FileRequestServer {

    private static final long DUTY_DIVISOR = 200;
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toMillis(5);

    private final RequestFileHandler requestFileHandler;
    private final ReportService reports;
    private final LongSupplier nanoTime;
    private long next;

    FileRequestServer(RequestFileHandler requestFileHandler, ReportService reports, LongSupplier nanoTime) {
        this.requestFileHandler = requestFileHandler;
        this.reports = reports;
        this.nanoTime = nanoTime;
    }

    /**
     * To the agent of this process.
     *
     * @param pid of this process, as it knows it
     * @param spare what to open the file with if there is no other descriptor left
     * @param nanoTime the time by which it is told what an answer costs, as {@link System#nanoTime} has it
     */
    public static FileRequestServer to(
            long pid, ReportService reports, ReserveDescriptors spare, LongSupplier nanoTime) {
        Path folder = Path.of(RequestFile.FOLDER);
        RequestFileHandler requestFileHandler =
                new RequestFileHandler(folder, RequestFile.name(pid), Path.of("/proc/self"), spare);
        return new FileRequestServer(requestFileHandler, reports, nanoTime);
    }

    /** Takes the descriptors, and loads what a file is needed to load, while that can be had. */
    public void openAhead() {
        requestFileHandler.refillReserve();
        requestFileHandler.warmUp();
    }

    /**
     * One look; to be called once a second.
     *
     * @param nowMillis a time that only ever goes on, unlike the clock's
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
            next = nowMillis + Math.min(LONGEST_PAUSE, cost * DUTY_DIVISOR);
        }
    }

    private void answer() {
        try {
            // before there is a file open: the reading may need the last descriptor
            boolean unused =
                    requestFileHandler.answer(ReportJson.write(reports.build()).getBytes(UTF_8));
        } catch (IOException e) {
            refuse(e);
        } catch (Throwable t) {
            InternalErrors.total(t);
            refuse(t);
        }
    }

    /** In one line; if not even that can be written, by an empty answer. */
    private void refuse(Throwable why) {
        try {
            try {
                String line = RequestFile.CANNOT + SafeText.of(why.toString()) + "\n";
                boolean unused = requestFileHandler.answer(line.getBytes(UTF_8));
            } catch (IOException e) {
                requestFileHandler.markFailed();
            }
        } catch (IOException e) {
            // the viewer has taken it away
        }
    }
}
