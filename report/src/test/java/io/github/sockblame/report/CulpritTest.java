// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.text.ExplainText;
import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.report.text.TextStyle;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which frame is the culprit, and that the texts name it. */
class CulpritTest {

    private static final TextStyle COLOUR = new TextStyle(true, TextStyle.UNLIMITED, ZoneOffset.UTC);
    private static final Pattern BOLD = Pattern.compile("\u001b\\[1m(.*?)\u001b\\[0m");

    @ParameterizedTest
    @MethodSource("io.github.sockblame.report.SampleCulprit#all")
    void firstStackWithCulpritInOrderNamesIt(SampleCulprit sample) {
        Report report = sample.report();

        assertThat(Culprit.of(report, report.sites().get(0)))
                .extracting(Culprit::role, culprit -> culprit.frame().text())
                .containsExactly(sample.culprit(), sample.frame());
        assertThat(Culprit.of(report, report.sockets().get(0)))
                .isEqualTo(Culprit.of(report, report.sites().get(0)));
    }

    @Test
    void theSamplesHaveACulpritOfEachRole() {
        assertThat(SampleCulprit.all().map(SampleCulprit::culprit).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(StackRole.class));
    }

    @ParameterizedTest
    @EnumSource
    void verdictOrdersAllRolesWithEofBeforeOpening(Verdict verdict) {
        List<StackRole> order = StackRole.culpritFirst(verdict);

        assertThat(order).containsExactlyInAnyOrder(StackRole.values());
        assertThat(order).containsSubsequence(StackRole.EOF, StackRole.LAST_USE, StackRole.OPENED);
        assertThat(order.get(0) == StackRole.CURRENT)
                .isNotEqualTo(verdict == Verdict.UNACCEPTED || verdict == Verdict.NONE);
    }

    @Test
    void theEndOfTlsCountsAsTheEnd() {
        Socket socket = SampleSocket.tcp(7, TcpState.CLOSE_WAIT)
                .opened(new Event(SampleReports.NOW, "main", 0))
                .closeNotify(new Event(SampleReports.NOW, "main", 1))
                .build();
        Report report = SampleReports.quiet().sockets(socket).build();

        assertThat(requireNonNull(Culprit.of(report, socket)).role()).isEqualTo(StackRole.EOF);
    }

    @Test
    void aThreadThatUsesASocketWithoutAVerdictIsNotItsCulprit() {
        Socket socket = SampleSocket.tcp(7, TcpState.ESTABLISHED)
                .opened(new Event(SampleReports.NOW, "main", 0))
                .current(new Event(SampleReports.NOW, "main", 1))
                .build();
        Report report = SampleReports.quiet().sockets(socket).build();

        assertThat(requireNonNull(Culprit.of(report, socket)).role()).isEqualTo(StackRole.OPENED);
    }

    @Test
    void aSocketIsNamedAsItsSite() {
        Site site = SampleSite.of(Verdict.ABANDONED, 2)
                .opened(new Site.Place(0, 1, List.of(), 0))
                .lastUse(new Site.Place(1, 1, List.of("main"), 1))
                .build();
        Socket unused = SampleSocket.tcp(7, TcpState.CLOSE_WAIT)
                .opened(new Event(SampleReports.NOW, "main", 0))
                .judged(Verdict.ABANDONED, Confidence.PROBABLE, 1)
                .build();
        Report report = SampleReports.leaking(site).sockets(unused).build();

        assertThat(Culprit.of(report, unused))
                .isEqualTo(Culprit.of(report, site))
                .extracting(culprit -> requireNonNull(culprit).role())
                .isEqualTo(StackRole.LAST_USE);
    }

    @Test
    void aListenerOfTheProgramComesBeforeALibrary() {
        SampleSocket accepted =
                SampleSocket.tcp(7, TcpState.CLOSE_WAIT).opened(new Event(SampleReports.NOW, "acceptor", 2));
        Socket unnamed = accepted.build();
        Socket named =
                accepted.listenerOpened(new Event(SampleReports.NOW, "main", 0)).build();
        Report report = SampleReports.quiet().sockets(named, unnamed).build();

        assertThat(Culprit.of(report, named))
                .isEqualTo(new Culprit(StackRole.LISTENER, requireNonNull(SampleReports.CONNECT.culpritFrame()), null));
        assertThat(Culprit.of(report, unnamed))
                .isEqualTo(new Culprit(
                        StackRole.OPENED, SampleReports.NO_CULPRIT.frames().get(1), null));
    }

    @Test
    void theCulpritHasTheLibraryThroughWhichItWent() {
        Report report = SampleReports.leaking(SampleReports.abandoned(1, 1))
                .stacks(SampleReports.THROUGH)
                .build();
        Culprit culprit = requireNonNull(Culprit.of(report, report.sites().get(0)));

        assertThat(culprit.frame()).isEqualTo(SampleReports.THROUGH.frames().get(3));
        assertThat(culprit.through()).isEqualTo(SampleReports.THROUGH.frames().get(1));
        assertThat(requireNonNull(culprit.through()).shortText()).isEqualTo("RealConnection.connectSocket");
        assertThat(ExplainText.of(report, report.sites().get(0), TextStyle.PLAIN))
                .contains("     culprit: com.acme.pay.PaymentClient.call(PaymentClient.java:80)\n     through:"
                        + " okhttp3.internal.connection.RealConnection.connectSocket(RealConnection.kt:295)\n");
    }

    @Test
    void withoutAFrameToBlameThereIsNoCulprit() {
        Report report = SampleReports.leaking(
                        SampleSite.of(Verdict.ABANDONED).opened(null).build())
                .sockets(SampleReports.untracked(9, Origin.NOT_SEEN, null))
                .build();

        assertThat(Culprit.of(report, report.sites().get(0))).isNull();
        assertThat(Culprit.of(report, report.sockets().get(0))).isNull();
        assertThat(ExplainText.of(report, report.sites().get(0), TextStyle.PLAIN))
                .doesNotContain("culprit: ");
    }

    @ParameterizedTest
    @MethodSource("io.github.sockblame.report.SampleCulprit#all")
    void theFirstBoldFrameOfTheTextIsTheCulprit(SampleCulprit sample) {
        List<String> bold = BOLD.matcher(LeaksText.of(sample.report(), COLOUR))
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(bold).first().isEqualTo(COLOUR.bold(sample.frame()));
    }

    @ParameterizedTest
    @MethodSource("io.github.sockblame.report.SampleCulprit#all")
    void explainNamesTheCulpritOfASiteAndOfASocket(SampleCulprit sample) {
        Report report = sample.report();
        String line = "     culprit: " + sample.frame() + "\n";

        assertThat(ExplainText.of(report, report.sites().get(0), TextStyle.PLAIN))
                .contains(line);
        assertThat(ExplainText.of(report, report.sockets().get(0), TextStyle.PLAIN))
                .contains(line);
    }
}
