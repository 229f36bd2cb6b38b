// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.report.Program;
import io.github.sockblame.report.Reduction;
import io.github.sockblame.report.Report;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.ErrorReportConfiguration;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.io.ContentReference;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.json.UTF8JsonGenerator;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.core.util.RecyclerPool;

/**
 * Writes a report as one line of JSON: the same over JMX and in a file.
 *
 * <p>The output goes to the stream as it is made, through one buffer of 8 KB. Every component of a record is written
 * under its name and in its order, null where there is none; {@code docs/report.schema.json} describes them. The writer
 * uses nothing but the streaming part of Jackson, which needs no module of the JDK except {@code java.base}.
 */
public final class ReportWriter {

    /** One buffer is kept for the next report. */
    private static final int KEPT_BUFFERS = 1;

    private static final RecyclerPool<BufferRecycler> BUFFERS = JsonRecyclerPools.newBoundedPool(KEPT_BUFFERS);

    /** Neither the stream is closed nor an open object: a report that failed half-way must not look whole. */
    private static final int STREAM_FEATURES = StreamWriteFeature.collectDefaults()
            & ~StreamWriteFeature.AUTO_CLOSE_TARGET.getMask()
            & ~StreamWriteFeature.AUTO_CLOSE_CONTENT.getMask();

    private static final int JSON_FEATURES = JsonWriteFeature.collectDefaults();

    private final Report report;
    private final JsonFields to;

    private ReportWriter(Report report, JsonFields to) {
        this.report = report;
        this.to = to;
    }

    /**
     * Writes a report. The stream is flushed, and not closed.
     *
     * @throws IOException if the stream cannot take it
     */
    public static void write(Report report, OutputStream stream) throws IOException {
        try (JsonGenerator generator = generator(stream)) {
            new ReportWriter(report, new JsonFields(generator)).write();
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    /** A JsonFactory would load the parsers as well, which are four times as large as the generator. */
    private static JsonGenerator generator(OutputStream stream) {
        IOContext context = new IOContext(
                StreamReadConstraints.defaults(),
                StreamWriteConstraints.defaults(),
                ErrorReportConfiguration.defaults(),
                BUFFERS.acquireAndLinkPooled(),
                ContentReference.unknown(),
                false,
                JsonEncoding.UTF8);
        return new UTF8JsonGenerator(
                ObjectWriteContext.empty(), context, STREAM_FEATURES, JSON_FEATURES, stream, null, null, null, 0, '"');
    }

    /** Returns a report as one text. */
    public static String toJson(Report report) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(report, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // impossible: there is no file
        }
        return bytes.toString(UTF_8);
    }

    private void write() {
        to.start();
        to.text("schema", report.schema());
        to.text("agentVersion", report.agentVersion());
        to.time("takenAt", report.takenAt());
        to.duration("grace", report.grace());
        program(report.program());
        to.start("fileDescriptors");
        to.number("open", report.fileDescriptors().open());
        to.number("limit", report.fileDescriptors().limit());
        to.end();
        new TotalsWriter(to).write("totals", report.totals());
        new SiteWriter(to).write("sites", report.sites());
        new SocketWriter(to).write("sockets", report.sockets());
        new ClosedSiteWriter(to).write("closedByCleaner", report.closedByCleaner());
        new StackWriter(to).write(report.stacks());
        new AgentHealthWriter(to).write("agent", report.agent());
        new ListenerWriter(to).write("listeners", report.listeners());
        new ListenerWriter(to).write("listenDrops", report.listenDrops());
        new ClosedSiteWriter(to).write("afterClose", report.afterClose());
        new TotalsWriter(to).write("ephemeralPorts", report.ephemeralPorts());
        to.flag("redacted", report.redacted());
        to.number("excludedSockets", report.excludedSockets());
        new TotalsWriter(to).write("history", report.history());
        reduction(report.reduction());
        to.end();
    }

    private void reduction(@Nullable Reduction reduction) {
        if (reduction == null) {
            to.none("reduction");
            return;
        }
        to.start("reduction");
        to.constant("detail", reduction.detail());
        to.number("neededBytes", reduction.neededBytes());
        to.number("freeBytes", reduction.freeBytes());
        to.end();
    }

    private void program(Program program) {
        to.start("program");
        to.number("pid", program.pid());
        to.text("name", program.name());
        to.text("javaVersion", program.javaVersion());
        to.time("startedAt", program.startedAt());
        to.time("watchedSince", program.watchedSince());
        to.flag("attachedLate", program.attachedLate());
        to.end();
    }
}
