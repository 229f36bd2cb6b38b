// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.verdict;

import io.github.sockblame.it.harness.ReportView;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One use of a library, and what is true of it.
 *
 * @param library name and version
 * @param what what the program does
 * @param expected the word of the verdict, or words that begin with those for no leak
 * @param culprit the frame to blame, as {@code Class.method}; {@link #NOBODY} for a proper use
 * @param address the remote address of its connections, and of no others
 * @param mark what its name ends with
 */
record CorpusCase(String library, String what, String expected, String culprit, String address, String mark) {

    private static final String NOBODY = "-";
    private static final String NO_LEAK = "no leak";
    private static final String NO_LEAK_AT_ANY_TIME = "no leak at any time";
    private static final String NO_LEAK_OR_STALE = "no leak or STALE";
    private static final String NO_VERDICT = "none";
    private static final String NONE_OR_STALE = "none or STALE";

    /** The case in a report. */
    record Outcome(CorpusCase of, String seen, boolean rightVerdict, String named, boolean rightFrame) {

        boolean asExpected() {
            return rightVerdict && rightFrame;
        }

        /** The same for a case that is as expected in some runs only: one run proves little. */
        Outcome varying(String word) {
            return new Outcome(of, word, false, word, !of.isLeak());
        }
    }

    static List<CorpusCase> printedIn(String text, String mark) {
        return text.lines()
                .map(line -> line.split("\t", -1))
                .filter(parts -> parts[0].equals("case"))
                .map(parts -> new CorpusCase(parts[1], parts[2], parts[3], parts[4], parts[5], mark))
                .toList();
    }

    boolean isLeak() {
        return !expected.startsWith(NO_LEAK);
    }

    /** Library and deed, with no more of the version than its first number. */
    String name() {
        return library.replaceFirst("( [0-9]+)[^ ]*$", "$1") + ": " + what + mark;
    }

    /** Whether it is one of this case's connections. */
    boolean has(Socket socket) {
        return socket.remote() != null && socket.remote().address().equals(address);
    }

    /** Whether it is the other side of one of this case's connections. */
    boolean hasOtherSide(Socket socket) {
        return socket.local() != null && socket.local().address().equals(address);
    }

    /** Whether the time of grace is over: every connection is judged, and a leak is seen as something. */
    boolean hasVerdicts(ReportView report) {
        if (isGoingOn()) {
            return true;
        }
        List<Socket> mine = mine(report);
        return mine.stream().noneMatch(socket -> socket.verdict() == Verdict.FRESH)
                && (!isLeak() || mine.stream().anyMatch(socket -> socket.verdict() != Verdict.NONE));
    }

    /** The leak verdicts that are more than <em>possible</em>, where there is no leak. */
    List<String> accusations(ReportView report) {
        return mine(report).stream()
                .filter(socket -> !isLeak() && isAccused(socket))
                .map(CorpusCase::words)
                .toList();
    }

    /** The verdicts of the last report; for a proper use, also the accusations of all reports. */
    Outcome in(ReportView last, Set<String> accusations) {
        List<Socket> judged = mine(last).stream()
                .filter(socket -> socket.verdict() != Verdict.NONE && !isGoingOn())
                .toList();
        String seen = joined(Stream.concat(judged.stream().map(CorpusCase::words), accusations.stream()), NO_VERDICT);
        boolean rightVerdict = isLeak() ? verdicts(judged).equals(expected) : accusations.isEmpty();
        String named = joined(judged.stream().map(socket -> named(last, last.siteOf(socket))), NOBODY);
        return new Outcome(this, atRest(seen), rightVerdict, named, !isLeak() || named.equals(culprit));
    }

    /** One word for both ends that a connection at rest may have: its pool closes it, or has not noticed yet. */
    private String atRest(String seen) {
        boolean either = seen.equals(NO_VERDICT) || seen.equals(Verdict.STALE.word());
        return expected.equals(NO_LEAK_OR_STALE) && either ? NONE_OR_STALE : seen;
    }

    /** Connections come and go, so that one report proves little. */
    private boolean isGoingOn() {
        return expected.equals(NO_LEAK_AT_ANY_TIME);
    }

    private static boolean isAccused(Socket socket) {
        return socket.verdict().isLeak() && socket.confidence() != Confidence.POSSIBLE;
    }

    private static String verdicts(List<Socket> judged) {
        return joined(judged.stream().map(socket -> socket.verdict().word()), NO_VERDICT);
    }

    /** The verdict, and its confidence where it is a leak that is merely possible. */
    private static String words(Socket socket) {
        boolean possible = socket.verdict().isLeak() && socket.confidence() == Confidence.POSSIBLE;
        return socket.verdict().word() + (possible ? " (possible)" : "");
    }

    private List<Socket> mine(ReportView report) {
        return report.report().sockets().stream().filter(this::has).toList();
    }

    private static String joined(Stream<String> words, String otherwise) {
        String all = words.distinct().sorted().collect(Collectors.joining(", "));
        return all.isEmpty() ? otherwise : all;
    }

    /** The culprit frame that a reader comes to first. */
    private static String named(ReportView report, Site site) {
        return Stream.of(site.eof(), site.lastUse(), site.opened(), site.closing(), site.listener())
                .filter(Objects::nonNull)
                .map(place -> report.report().stacks().get(place.stack()).culpritFrame())
                .filter(Objects::nonNull)
                .map(CorpusCase::shortName)
                .findFirst()
                .orElse(NOBODY);
    }

    private static String shortName(Frame frame) {
        return frame.className().substring(frame.className().lastIndexOf('.') + 1) + "." + frame.method();
    }
}
