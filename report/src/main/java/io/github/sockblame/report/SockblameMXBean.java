// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.util.List;
import java.util.Map;

/**
 * What the agent publishes over JMX, under the one name {@link #OBJECT_NAME}.
 *
 * <p>The attributes are figures of one snapshot that is at most a second old; reading them all costs one look at the
 * kernel. The operations take a fresh snapshot each.
 */
public interface SockblameMXBean {

    /** The one name under which the agent registers. */
    String OBJECT_NAME = "io.github.sockblame:type=Sockblame";

    /** Types of the notifications that it sends begin so, and end with {@code raised}, {@code doubled}, {@code lasts} or {@code healed}. */
    String NOTIFICATION_PREFIX = "sockblame.alert.";

    /** The agent's version. */
    String getVersion();

    /** TCP sockets of this process by state, in the kernel's spelling ({@code CLOSE_WAIT}); states without sockets are absent. */
    Map<String, Integer> getSocketsByState();

    /**
     * How many tracked sockets are in which TCP state at this moment, in the kernel's spelling; {@code OTHER} are no TCP sockets, or did not answer. The
     * cheapest figures: each socket is asked, about a microsecond, and no file is read.
     */
    Map<String, Integer> getStates();

    /** Socket descriptors of this process that the agent saw come to be. */
    int getTracked();

    /** Socket descriptors of this process that the agent did not see come to be. */
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
     * The places whose connections are looked at closer now, one line each: of connections that are opened there it is kept who read from
     * them or wrote to them last. Places with suspects are looked at without being asked for.
     */
    List<String> getWatchedPlaces();

    /**
     * Has the place looked at closer for an hour where the connections of this site were opened.
     *
     * @param site its number in the latest report that was taken
     * @return what is looked at, in one sentence
     * @throws IllegalArgumentException if there is no such site, or if it is not known where it was opened; the message says which
     */
    String watch(int site);

    /** Ends that, whoever began it. Parameter, answer and errors as in {@link #watch}. */
    String unwatch(int site);

    /** The report as a person reads it. */
    String reportText();

    /** The whole report as JSON, schema {@link Report#SCHEMA}. */
    String reportJson();

    /**
     * The report without its list of sockets as JSON, of the same schema: the totals, the sites and the stacks that they name. A fraction of
     * {@link #reportJson} where there are many sockets.
     */
    String summaryJson();

    /**
     * Writes the report as JSON into the folder that the agent option {@code dump.dir} names, readable by its owner alone.
     *
     * @param fileName a plain file name without any folder; no file of that name may exist
     * @return the absolute path of the file
     * @throws IllegalArgumentException if there is no {@code dump.dir}, the name is not a plain file name, or the file
     *     cannot be written; the message says which
     */
    String writeReport(String fileName);

    /**
     * Takes the agent out of the JVM: its hooks, its thread, its memory and its open files, and this MXBean, which is gone when the answer
     * comes. The agent may be attached again, with other options, and then begins anew.
     *
     * @return what became of it, in one line; also of what could not be done
     */
    String detach();
}
