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

    /** Always this folder, as the JVM sees it, whatever {@code java.io.tmpdir} is. The JDK's attach does the same. */
    public static final String FOLDER = "/tmp";

    /** A plain file that its owner may read and write, and other users may not: {@code st_mode} of stat(2). */
    public static final int MODE_REQUESTED = 0_100_600;

    /** A plain file that its owner may read, and other users may not. */
    public static final int MODE_ANSWERED = 0_100_400;

    /** The beginning of an answer that is no report. */
    public static final String CANNOT = "cannot answer: ";

    private RequestFile() {}

    /**
     * The name of the file in that folder.
     *
     * @param pid of the JVM, in the JVM's own PID namespace
     */
    public static String name(long pid) {
        return ".sockblame_" + pid;
    }
}
