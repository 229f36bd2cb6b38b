// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.html;

import io.github.sockblame.report.History;
import io.github.sockblame.report.OmittedFrames;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.text.Sentences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The data of the page's script: the visible part of the report, with safe texts, and sockets as rows of numbers.
 *
 * @param head the head of the page
 * @param states the words of TCP states; rows contain their indexes
 * @param protocols the words of protocols, likewise
 * @param origins how sockets came to be, likewise
 * @param verdicts verdicts, likewise
 * @param frames texts of frames
 * @param stacks stacks of these frames, innermost frame first
 * @param sites the sites, in the report's order
 * @param columns names of the numbers in each row of {@code sockets}
 * @param sockets a row for each socket, see {@link SocketTableRows}
 * @param addresses texts of addresses that the rows name by index
 * @param history moments of the last hour, oldest first; none if the report has none
 * @param historyStates the words of all TCP states, by which {@code history} names them
 * @param besides the text about listeners, orphan rows and collected sockets
 * @param notSeen the limits of the report
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

    /** An origin of sockets: its meaning, and whether it is tracked and accepted. */
    record PageOrigin(String meaning, boolean tracked, boolean accepted) {}

    /** A verdict: its word, meaning, advice and weight. */
    record PageVerdict(String word, String meaning, String advice, String weight) {}

    /**
     * A stack.
     *
     * @param frames indexes of its frames, innermost first
     * @param blamed the position of the culprit frame; -1 without one
     * @param entry whether that frame is a library's, because no frame is the program's
     * @param through the position of the innermost library frame through which the culprit frame went; -1 without one
     */
    record PageStack(List<Integer> frames, int blamed, boolean entry, int through) {

        /** The stack with each gap as a frame, whose text is the number of omitted frames. */
        static PageStack of(Stack stack, IndexTable<String> texts) {
            List<Integer> numbers = new ArrayList<>();
            int blamed = -1;
            int through = -1;
            Integer innermost = stack.through();
            for (int i = 0; i < stack.frames().size(); i++) {
                OmittedFrames gap = stack.gapBefore(i);
                if (gap != null) {
                    numbers.add(texts.number("\u2026 " + gap.text()));
                }
                if (i == stack.culpritOrEntryIndex()) {
                    blamed = numbers.size();
                }
                if (innermost != null && i == innermost) {
                    through = numbers.size();
                }
                numbers.add(texts.number(stack.frames().get(i).text()));
            }
            return new PageStack(numbers, blamed, stack.entry() != null, through);
        }
    }

    /**
     * A moment of the last hour.
     *
     * @param at when, in milliseconds since 1970
     * @param sockets the number of sockets
     * @param leaked the number of leaks; null without verdicts
     * @param byState the number of sockets in each TCP state, by its word
     */
    record PageMoment(long at, int sockets, @Nullable Integer leaked, Map<String, Integer> byState) {

        static PageMoment of(History.Sample sample) {
            return new PageMoment(
                    sample.at().toEpochMilli(), sample.sockets(), sample.leaked(), byWord(sample.byState()));
        }
    }

    static PageData of(Report report) {
        SocketTableRows rows = SocketTableRows.of(report);
        IndexTable<String> frames = new IndexTable<>();
        List<PageStack> stacks = report.stacks().stream()
                .map(stack -> PageStack.of(stack, frames))
                .toList();
        List<PageSite> sites = new ArrayList<>();
        for (Site site : report.sites()) {
            sites.add(PageSite.of(report, site, rows.verdicts()));
        }
        History history = report.history();
        return new PageData(
                PageHead.of(report),
                rows.states().convert(TcpState::ssName),
                rows.protocols().convert(Protocol::word),
                rows.origins()
                        .convert(origin ->
                                new PageOrigin(origin.meaning(), origin.isTracked(), origin == Origin.ACCEPTED)),
                rows.verdicts()
                        .convert(verdict -> new PageVerdict(
                                verdict.word(),
                                verdict.meaning(),
                                verdict.advice(),
                                verdict.severity().name())),
                frames.convert(SafeText::of),
                stacks,
                sites,
                SocketTableRows.COLUMNS,
                rows.rows(),
                rows.addresses().convert(SafeText::of),
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
