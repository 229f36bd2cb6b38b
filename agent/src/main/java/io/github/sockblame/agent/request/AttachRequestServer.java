// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.agent.file.FileContent;
import io.github.sockblame.agent.file.JdkPaths;
import io.github.sockblame.agent.file.ReserveDescriptors;
import io.github.sockblame.agent.log.ErrorText;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.memory.NoRoomException;
import io.github.sockblame.agent.service.ReportLease;
import io.github.sockblame.agent.service.ReportService;
import io.github.sockblame.report.AttachRequest;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.ReportDetail;
import io.github.sockblame.report.RequestFile;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.write.ReportWriter;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Answers one {@link AttachRequest}, on the thread of the JVM that serves attaches. That thread needs neither JMX nor the
 * watch thread. The rules for the file are those of {@link RequestFileHandler}.
 */
public final class AttachRequestServer {

    private AttachRequestServer() {}

    /**
     * Answers.
     *
     * @param agent the live agent; null if there is none, and then the answer is a refusal
     */
    public static void answer(AttachRequest request, @Nullable AttachOperations agent) {
        Path folder = JdkPaths.of(RequestFile.FOLDER);
        String name = request.fileName(ProcessHandle.current().pid());
        answer(
                request,
                agent,
                new RequestFileHandler(folder, name, JdkPaths.of("/proc/self"), new ReserveDescriptors(0)));
    }

    static void answer(AttachRequest request, @Nullable AttachOperations agent, RequestFileHandler file) {
        if (request.verb() == AttachRequest.Verb.REGISTER) {
            if (agent != null) {
                agent.register();
            }
        } else if (file.isPending()) { // first: an operation without a reader for its answer must not run
            try {
                boolean unused = file.answer(content(request, agent));
            } catch (IOException e) {
                // the viewer finds no answer
            }
        }
    }

    /** Ready to be written: the reading of a report may need the last descriptor, so it comes before the file is open. */
    private static FileContent content(AttachRequest request, @Nullable AttachOperations agent) {
        if (agent == null) {
            return text(RequestFile.CANNOT + "no agent is live in this JVM");
        }
        try {
            return switch (request.verb()) {
                case REGISTER -> throw new IllegalArgumentException("it has no answer");
                case REPORT -> json(agent.reports(), ReportDetail.WHOLE);
                case SUMMARY -> json(agent.reports(), ReportDetail.SUMMARY);
                case WATCH -> text(agent.reports().watch(request.site()));
                case UNWATCH -> text(agent.reports().unwatch(request.site()));
                case DETACH -> text(agent.detach());
            };
        } catch (IllegalArgumentException | NoRoomException e) {
            return text(RequestFile.CANNOT + SafeText.of(String.valueOf(e.getMessage())));
        } catch (Throwable t) {
            InternalErrors.count(t);
            return text(RequestFile.CANNOT + SafeText.of(ErrorText.of(t)));
        }
    }

    /** The reservation ends before the report is written, because the writing takes one small buffer. */
    private static FileContent json(ReportService reports, ReportDetail most) {
        try (ReportLease lease = reports.lease(most)) {
            Report report = lease.report();
            return stream -> ReportWriter.write(report, stream);
        }
    }

    private static FileContent text(String text) {
        return stream -> stream.write(text.getBytes(UTF_8));
    }
}
