// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.html;

import io.github.sockblame.report.History;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.text.Sentences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the page's script is given: of the report only what is shown, every text fit to be shown, sockets as rows of numbers.
 *
 * @param head what stands on top
 * @param states the words of TCP states; a state is told by its number here
 * @param protocols the words of protocols, likewise
 * @param origins how sockets came to be, likewise
 * @param verdicts verdicts, likewise
 * @param frames texts of frames
 * @param stacks stacks of those, innermost frame first
 * @param sites the sites, in the report's order
 * @param columns names of the numbers in each row of {@code sockets}
 * @param sockets a row for each socket, see {@link SocketRows}
 * @param addresses texts of addresses that the rows name by index
 * @param history moments of the last hour, oldest first; none if the report has none
 * @param historyStates the words of all TCP states, by which {@code history} names them
 * @param besides what is said of listeners, of what is left after a close, and of what was collected
 * @param notSeen what limits all that is said
 */
record PageData(
        PageHead head,
        List<String> states,
        List<String> protocols,
        List<PageOrigin> origins,
        List<PageVerdict> verdicts,
        List<String> frames,
        List<PageStack> stacks,
        List<PageSite> sites,
        List<String> columns,
        List<long[]> sockets,
        List<String> addresses,
        List<PageMoment> history,
        List<String> historyStates,
        String besides,
        List<String> notSeen) {

    /** How sockets came to be, and whether those are tracked, and were accepted. */
    record PageOrigin(String meaning, boolean tracked, boolean accepted) {}

    /** A verdict: its word, what it means, what to do, and how much it weighs. */
    record PageVerdict(String word, String meaning, String advice, String weight) {}

    /**
     * A stack.
     *
     * @param frames indexes of its frames, innermost first
     * @param blamed which of them is to blame; -1 if none is
     * @param entry whether that one is only the entry into a library
     */
    record PageStack(List<Integer> frames, int blamed, boolean entry) {}

    /**
     * A moment of the last hour.
     *
     * @param at when, in milliseconds since 1970
     * @param sockets how many there were
     * @param leaked how many of them were leaks; null if nothing was judged
     * @param byState how many were in which TCP state, by its word
     */
    record PageMoment(long at, int sockets, @Nullable Integer leaked, Map<String, Integer> byState) {

        static PageMoment of(History.Sample sample) {
            return new PageMoment(
                    sample.at().toEpochMilli(), sample.sockets(), sample.leaked(), byWord(sample.byState()));
        }
    }

    static PageData of(Report report) {
        SocketRows rows = SocketRows.of(report);
        IndexTable<String> frames = new IndexTable<>();
        List<PageStack> stacks = report.stacks().stream()
                .map(stack -> new PageStack(
                        stack.frames().stream()
                                .map(frame -> frames.number(frame.text()))
                                .toList(),
                        stack.entry() == null ? stack.culprit() : stack.entry(),
                        stack.entry() != null))
                .toList();
        List<PageSite> sites = new ArrayList<>();
        for (Site site : report.sites()) {
            sites.add(PageSite.of(report, site, rows.verdicts()));
        }
        History history = report.history();
        return new PageData(
                PageHead.of(report),
                rows.states().in(TcpState::ssName),
                rows.protocols().in(Protocol::word),
                rows.origins()
                        .in(origin -> new PageOrigin(origin.meaning(), origin.isTracked(), origin == Origin.ACCEPTED)),
                rows.verdicts()
                        .in(verdict -> new PageVerdict(
                                verdict.word(),
                                verdict.meaning(),
                                verdict.advice(),
                                verdict.weight().name())),
                frames.in(SafeText::of),
                stacks,
                sites,
                SocketRows.COLUMNS,
                rows.rows(),
                rows.addresses().in(SafeText::of),
                history == null
                        ? List.of()
                        : history.samples().stream().map(PageMoment::of).toList(),
                Arrays.stream(TcpState.values()).map(TcpState::ssName).toList(),
                Sentences.besides(report),
                Sentences.notSeen(report));
    }

    /** The counts by the words of the states, in their order. */
    static Map<String, Integer> byWord(Map<TcpState, Integer> byState) {
        Map<String, Integer> words = new LinkedHashMap<>();
        byState.forEach((state, count) -> words.put(state.ssName(), count));
        return words;
    }
}
