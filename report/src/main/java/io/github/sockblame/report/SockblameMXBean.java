// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.util.List;
import java.util.Map;

/**
 * The agent's figures and operations over JMX, under the one name {@link #OBJECT_NAME}.
 *
 * <p>The attributes are figures of one snapshot that is at most a second old, so all of them together cost one reading
 * of the kernel's tables. Each operation takes a fresh snapshot.
 */
public interface SockblameMXBean {

    /** The name under which the agent registers. */
    String OBJECT_NAME = "io.github.sockblame:type=Sockblame";

    /**
     * The beginning of the type of each notification; the end is {@code raised}, {@code doubled}, {@code ongoing} or
     * {@code resolved}.
     */
    String NOTIFICATION_PREFIX = "sockblame.alert.";

    /** The agent's version. */
    String getVersion();

    /** TCP sockets of this process by state, in the kernel's spelling ({@code CLOSE_WAIT}); states without sockets are absent. */
    Map<String, Integer> getSocketsByState();

    /**
     * The number of tracked sockets by their TCP state at this moment, in the kernel's spelling; {@code OTHER} counts
     * sockets of other protocols and those without an answer. These are the cheapest figures: one call of
     * {@code getsockopt} for each socket, about a microsecond, and no file is read.
     */
    Map<String, Integer> getTrackedByState();

    /** Socket descriptors of this process with a record of the agent. */
    int getTracked();

    /** Socket descriptors of this process without a record of the agent. */
    int getUntracked();

    /** Connections whose verdict is a leak. */
    int getLeaked();

    /** Open file descriptors of any kind; -1 if unknown. */
    long getOpenFileDescriptors();

    /** The soft limit of open file descriptors; -1 if unknown or unlimited. */
    long getMaxFileDescriptors();

    /** {@code complete}, {@code waiting} (some JDK classes are not loaded yet) or {@code degraded: ...} with what is missing. */
    String getHookStatus();

    /** One line a hook: state, method, event. */
    List<String> getHooks();

    /** Errors inside the agent since its start; none of them reached the program. */
    long getInternalErrors();

    /**
     * The places with last-use tracking, one line each: for connections that are opened there, the agent records the
     * last read or write. Tracking of places with suspects starts automatically.
     */
    List<String> getLastUsePlaces();

    /**
     * Starts last-use tracking, for an hour, of the place where the connections of this site were opened.
     *
     * @param site its number in the latest report
     * @return the tracked place, in one sentence
     * @throws IllegalArgumentException if there is no such site, or if its opening place is unknown; the message has
     *     the reason
     */
    String watch(int site);

    /** Stops that tracking, also if it started automatically. Parameter, answer and errors as in {@link #watch}. */
    String unwatch(int site);

    /** The report as text. */
    String reportText();

    /** The whole report as JSON, schema {@link Report#SCHEMA}. */
    String reportJson();

    /**
     * The same as {@link #reportJson}, compressed as a gzip file, whose bytes are in pieces: put together, they are the
     * file. It takes about a third of the memory of {@link #reportJson} in the watched JVM.
     */
    byte[][] reportParts();

    /**
     * The report without its list of sockets as JSON, of the same schema: the totals, the sites and the stacks that
     * they name. It is a fraction of {@link #reportJson} if there are many sockets.
     */
    String summaryJson();

    /**
     * Writes the report as JSON into the folder of the agent option {@code dump.dir}, readable by its owner alone.
     *
     * @param fileName a plain file name without any folder; no file of that name may exist
     * @return the absolute path of the file
     * @throws IllegalArgumentException if there is no {@code dump.dir}, the name is not a plain file name, or the file
     *     cannot be written; the message has the reason
     */
    String writeReport(String fileName);

    /**
     * Removes the agent from the JVM: its hooks, its thread, its memory, its open files and this MXBean. The removal is
     * complete when the answer arrives. The agent may be attached again later, with other options; it then has no
     * memory of before.
     *
     * @return the result in one line, with any step that failed
     */
    String detach();
}
