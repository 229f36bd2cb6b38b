// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A request that a viewer sends to a live agent by the JDK's attach alone: the argument with which it loads the agent's jar again. It needs neither
 * JMX nor the agent's thread. Viewer and agent share the rules in this class.
 *
 * <p>The agent answers into a file that the viewer made before, as it does with a {@link RequestFile}, and its name ends with the nonce. An agent
 * refuses if it is not live: no request starts it.
 *
 * @param verb what the agent does
 * @param nonce sixteen hexadecimal digits, at random, which no other request has
 * @param site the number of a site in the latest report, for {@link Verb#WATCH} and {@link Verb#UNWATCH}; otherwise 0
 */
public record AttachRequest(Verb verb, String nonce, int site) {

    /** The beginning of the argument; no option of the agent begins so. */
    public static final String PREFIX = "request:";

    private static final Pattern NONCE = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern SITE = Pattern.compile("[0-9]{1,9}");
    private static final int PARTS = 4;

    /** What the agent does. */
    public enum Verb {
        /** Registers the MXBean, if JMX is there; no answer. */
        REGISTER,
        /** Answers with a whole report as JSON. */
        REPORT,
        /** Answers with a summary as JSON. */
        SUMMARY,
        /** Starts last-use tracking; the answer is one sentence. */
        WATCH,
        /** Stops last-use tracking; the answer is one sentence. */
        UNWATCH,
        /** Removes the agent; the answer is one line. */
        DETACH
    }

    public AttachRequest {
        requireNonNull(verb, "verb");
        if (!NONCE.matcher(nonce).matches() || site < 0) {
            throw new IllegalArgumentException("not a request");
        }
    }

    /**
     * Reads the argument of an attach.
     *
     * @throws IllegalArgumentException if it is no request of this version
     */
    public static AttachRequest parse(String argument) {
        String[] parts = argument.split(":", -1);
        if (parts.length != PARTS
                || !PREFIX.equals(parts[0] + ":")
                || !SITE.matcher(parts[PARTS - 1]).matches()) {
            throw new IllegalArgumentException("not a request");
        }
        return new AttachRequest(
                Verb.valueOf(parts[1].toUpperCase(Locale.ROOT)), parts[2], Integer.parseInt(parts[PARTS - 1]));
    }

    /** The argument of the attach. */
    public String argument() {
        return PREFIX + verb.name().toLowerCase(Locale.ROOT) + ":" + nonce + ":" + site;
    }

    /**
     * The name of the file for the answer, in {@link RequestFile#FOLDER}.
     *
     * @param pid of the JVM, in the JVM's own PID namespace
     */
    public String fileName(long pid) {
        return RequestFile.name(pid) + "_" + nonce;
    }
}
