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

/** What a report says beside the sockets. */
public interface Surroundings {

    /** The agent's version. */
    String version();

    /** How long things may last before they are judged. */
    GracePeriods patience();

    /** Tells the program's own frames from those of libraries. To be asked for once ahead: the list of libraries is a file. */
    CulpritFinder culprits();

    /** The watched JVM, the same each time. To be asked for once ahead: when the process began stands in a file. */
    Program program();

    /** Of what the user wants to be told. */
    List<Trigger> triggers();

    /** The files into which reports are written then, see {@link ReportFiles}; null for none. */
    @Nullable String reportFile();

    /** Takes the addresses out of what leaves the JVM; null if they may be told. The same each time. */
    @Nullable Redaction redaction();

    /** Of which sockets the user wants to hear. */
    ReportScope selection();

    /** Into which file all that happens to sockets is written; null for none. */
    @Nullable String traceFile();

    /** How many bytes that file may have. */
    long traceMaxBytes();

    /** Whether viewers are answered that ask by a file. */
    boolean answersFiles();

    /** Every hook, and what became of it. */
    List<Hook> hooks();

    /** The way to a descriptor's state. */
    SocketStateReader states();

    /** The way to the threads that are inside an operation on a socket. */
    IoThreadLookup owners();

    /** Of what the watch thread has died, see {@link Watch#failureCause()}. */
    @Nullable String deathOfWatch();

    /** Errors inside the agent. */
    long internalErrors();

    /** The latest of them. */
    @Nullable String lastError();
}
