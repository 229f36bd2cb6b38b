// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.agent.alarm.ReportFiles;
import io.github.sockblame.agent.alarm.Trigger;
import io.github.sockblame.agent.diagnosis.CulpritFinder;
import io.github.sockblame.agent.diagnosis.GracePeriods;
import io.github.sockblame.agent.diagnosis.Redaction;
import io.github.sockblame.agent.diagnosis.ReportScope;
import io.github.sockblame.agent.kernel.SocketStateReader;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.Program;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The inputs of a report beside the sockets. */
public interface Surroundings {

    /** The agent's version. */
    String version();

    /** Time limits after which a state counts as a problem. */
    GracePeriods patience();

    /**
     * Separates the program's own frames from those of libraries. It must be called once in advance, because the list
     * of libraries is a file.
     */
    CulpritFinder culprits();

    /**
     * The watched JVM, the same each time. It must be called once in advance, because the start of the process is in a
     * file.
     */
    Program program();

    /** The conditions of the option {@code alert}. */
    List<Trigger> triggers();

    /** The file for reports on alerts, see {@link ReportFiles}; null for none. */
    @Nullable String reportFile();

    /** Replaces the addresses in all output of the JVM; null if there is no redaction. The same each time. */
    @Nullable Redaction redaction();

    /** The sockets that the options include and exclude select. */
    ReportScope selection();

    /** The file for the trace of all events of sockets; null for none. */
    @Nullable String traceFile();

    /** The largest size of that file, in bytes. */
    long traceMaxBytes();

    /** Whether the agent answers file requests. */
    boolean answersFiles();

    /** Every hook, and its state. */
    List<Hook> hooks();

    /** Reads a descriptor's state. */
    SocketStateReader states();

    /** Finds the threads that are inside an operation on a socket. */
    IoThreadLookup owners();

    /** The failure that ended the watch thread, see {@link Watch#failureCause()}. */
    @Nullable String deathOfWatch();

    /** Errors inside the agent. */
    long internalErrors();

    /** The latest of them. */
    @Nullable String lastError();
}
