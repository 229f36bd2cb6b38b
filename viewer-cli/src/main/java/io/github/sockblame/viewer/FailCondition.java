// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import io.github.sockblame.report.Digits;
import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A condition of {@code --fail-on}: {@code leaks>=1}, {@code close-wait>=100}, {@code fds>=18000}, {@code fds>=90%}.
 *
 * @param text as the user wrote it
 * @param state the TCP state whose sockets count; null if it is about leaks or descriptors
 * @param ofDescriptors whether it is about file descriptors
 * @param figure what they must reach
 * @param percent whether that is a share of the limit
 */
record FailCondition(String text, @Nullable TcpState state, boolean ofDescriptors, int figure, boolean percent) {

    private static final Pattern GRAMMAR = Pattern.compile("\\s*([A-Za-z0-9_-]+)\\s*>=\\s*([0-9]+)\\s*(%?)\\s*");

    /** What the text says; refused with what it may be. */
    static FailCondition parse(String text) throws CannotAnswerException {
        Matcher parts = GRAMMAR.matcher(text);
        if (!parts.matches()) {
            throw refused(text);
        }
        String name = parts.group(1).toLowerCase(Locale.ROOT);
        int figure = Digits.parse(parts.group(2), 9, 10);
        boolean ofHundred = !parts.group(3).isEmpty();
        boolean ofDescriptors = name.equals("fds");
        TcpState state = TcpState.ofName(name);
        boolean known = ofDescriptors || name.equals("leaks") || state != null;
        if (!known || figure < 0 || (ofHundred && (!ofDescriptors || figure > 100))) {
            throw refused(text);
        }
        return new FailCondition(text.strip(), state, ofDescriptors, figure, ofHundred);
    }

    private static CannotAnswerException refused(String text) {
        return new CannotAnswerException(
                "'" + text + "' is no condition",
                "one is leaks>=1, close-wait>=100 or any other state of ss, fds>=18000 or fds>=90%");
    }

    /** Whether it holds in this report. */
    boolean holds(Report report) throws CannotAnswerException {
        if (state != null) {
            return report.totals().inState(state) >= figure;
        }
        if (!ofDescriptors) {
            return report.leaksInSites() >= figure;
        }
        FileDescriptors fds = report.fileDescriptors();
        if (fds.open() < 0 || (percent && fds.limit() <= 0)) {
            throw new CannotAnswerException(
                    text + " cannot be judged, the report does not know the "
                            + (fds.open() < 0 ? "open file descriptors" : "limit of file descriptors"),
                    "leave it out");
        }
        return percent ? fds.open() * 100 >= (long) figure * fds.limit() : fds.open() >= figure;
    }
}
