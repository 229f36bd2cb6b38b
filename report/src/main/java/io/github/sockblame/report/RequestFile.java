// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

/**
 * The file by which a viewer requests a report if it can reach the agent in no other way, as at "Too many open files".
 * Viewer and agent share the rules in this class.
 *
 * <p>The viewer makes it, empty and of mode {@link #MODE_REQUESTED}, owned by the user that the JVM runs as. The agent checks
 * for it now and then. It writes its report into the file as JSON, or one line that begins with {@link #CANNOT}, and
 * then sets the mode {@link #MODE_ANSWERED}. The viewer reads and removes it.
 */
public final class RequestFile {

    /** In the published status of an agent that answers no file request, because of its options. */
    public static final String UNANSWERED = "without file requests";

    /** Always this folder, as the JVM sees it, whatever {@code java.io.tmpdir} is. The JDK's attach does the same. */
    public static final String FOLDER = "/tmp";

    /** A plain file that its owner may read and write, and other users may not: {@code st_mode} of stat(2). */
    public static final int MODE_REQUESTED = 0_100_600;

    /** A plain file that its owner may read, and other users may not. */
    public static final int MODE_ANSWERED = 0_100_400;

    /** The beginning of an answer that is no report. */
    public static final String CANNOT = "cannot answer: ";

    /** The answer of an agent in a JVM that forbids attach, if the user did not allow file requests there. */
    public static final String ATTACH_DISABLED =
            CANNOT + "attach is disabled by -XX:+DisableAttachMechanism, and file.requests=true is not set";

    /**
     * An attach and a JMX connection take about seven descriptors in the JVM, and for some moments more. A class of the
     * JDK that cannot open its file then may stay unusable for that program (docs/decisions/0015).
     */
    private static final long NEEDED_TO_ATTACH = 16;

    private RequestFile() {}

    /**
     * Returns whether an attach would fail or take the last descriptors of the program.
     *
     * @param open how many descriptors it has
     * @param limit its soft limit; negative if unknown or unlimited
     */
    public static boolean isTooLittleToAttach(long open, long limit) {
        return limit >= 0 && limit - open < NEEDED_TO_ATTACH;
    }

    /**
     * The name of the file in that folder.
     *
     * @param pid of the JVM, in the JVM's own PID namespace
     */
    public static String name(long pid) {
        return ".sockblame_" + pid;
    }
}
