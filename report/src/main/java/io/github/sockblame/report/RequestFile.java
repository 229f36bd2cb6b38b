// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

/**
 * The file by which a viewer asks an agent that it can reach in no other way, as at "Too many open files": what both sides must know of it.
 *
 * <p>The viewer makes it, empty and of mode {@link #ASKED}, owned by the user that the JVM runs as. The agent, which looks for it now and
 * then, writes its report into it as JSON, or one line that begins with {@link #CANNOT}, and then sets the mode {@link #ANSWERED}. The
 * viewer reads and removes it.
 */
public final class RequestFile {

    /** Always here, as the JVM sees it and whatever {@code java.io.tmpdir} says: so does the JDK's attach. */
    public static final String FOLDER = "/tmp";

    /** A plain file that its owner may read and write, and nobody else may: {@code st_mode} of stat(2). */
    public static final int ASKED = 0_100_600;

    /** A plain file that its owner may read, and nobody else. */
    public static final int ANSWERED = 0_100_400;

    /** How an answer begins that is no report. */
    public static final String CANNOT = "cannot answer: ";

    private RequestFile() {}

    /**
     * Its name in that folder.
     *
     * @param pid of the JVM, as the JVM knows it
     */
    public static String name(long pid) {
        return ".sockblame_" + pid;
    }
}
