// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmallRecordsTest {

    @ParameterizedTest
    @CsvSource({
        "10.2.3.4, 443, 10.2.3.4:443",
        "2001:db8::1, 443, [2001:db8::1]:443",
        "0.0.0.0, 0, 0.0.0.0:*",
        "::, 65535, [::]:65535",
    })
    void endpointReadsAsSsPrintsIt(String address, int port, String text) {
        assertThat(new Endpoint(address, port).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536})
    void endpointRefusesWhatIsNoPort(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Endpoint("10.2.3.4", port))
                .withMessageContaining(String.valueOf(port));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "A.java, 88, a.A.call(A.java:88)",
                "A.java, -1, a.A.call(A.java)",
                "A.java, 0, a.A.call(A.java:0)",
                "A.java, -2, a.A.call(Native Method)",
                "-, -2, a.A.call(Native Method)",
                "-, 88, a.A.call(Unknown Source)",
            })
    void frameReadsAsAJavaStackTraceDoes(String file, int line, String text) {
        assertThat(new Frame("a.A", "call", file, line).text()).isEqualTo(text);
    }

    @Test
    void frameIsTheOneOfTheJdk() {
        StackTraceElement element = new Throwable().getStackTrace()[0];

        assertThat(Frame.of(element).text()).isEqualTo(element.toString().replaceFirst("^.*/", ""));
    }

    @Test
    void stackHasItsCulprit() {
        assertThat(SampleReports.CONNECT.culpritFrame())
                .isEqualTo(SampleReports.CONNECT.frames().get(1));
        assertThat(SampleReports.NO_CULPRIT.culpritFrame()).isNull();
        assertThat(new Stack(List.of(), -1, null).culpritFrame()).isNull();
        assertThatIllegalArgumentException().isThrownBy(() -> new Stack(List.of(), 0, null));
        assertThat(SampleReports.CONNECT.culpritOrEntryFrame()).isEqualTo(SampleReports.CONNECT.culpritFrame());
        assertThat(SampleReports.NO_CULPRIT.culpritOrEntryFrame())
                .isEqualTo(SampleReports.NO_CULPRIT.frames().get(1));
        assertThat(SampleReports.CONNECT.culpritOrEntryIndex()).isEqualTo(1);
        assertThat(SampleReports.NO_CULPRIT.culpritOrEntryIndex()).isEqualTo(1);
        assertThat(Stack.EMPTY.culpritOrEntryIndex()).isEqualTo(-1);
        assertThat(Stack.EMPTY.culpritOrEntryFrame()).isNull();
        assertThatIllegalArgumentException().isThrownBy(() -> new Stack(List.of(), -1, 0));
        List<Frame> frames = SampleReports.CONNECT.frames();
        assertThatIllegalArgumentException().isThrownBy(() -> new Stack(frames, 1, 2));
        assertThat(SampleReports.THROUGH.throughFrame())
                .isEqualTo(SampleReports.THROUGH.frames().get(1));
        assertThat(SampleReports.CONNECT.throughFrame()).isNull();
        assertThatIllegalArgumentException().isThrownBy(() -> new Stack(frames, 1, null, null, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Stack(frames, 1, null, null, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Stack(frames, -1, null, null, 0));
    }

    @Test
    void stackHasItsGaps() {
        assertThat(SampleReports.CUT.gapBefore(1)).isNull();
        assertThat(SampleReports.CUT.gapBefore(2)).isEqualTo(new OmittedFrames(2, 640));
        assertThat(SampleReports.CUT.omittedFrom(0)).isEqualTo(641);
        assertThat(SampleReports.CUT.omittedFrom(3)).isEqualTo(1);
        assertThat(SampleReports.CONNECT.gapBefore(1)).isNull();
        assertThat(SampleReports.CONNECT.omittedFrom(0)).isZero();
        List<Frame> frames = SampleReports.CUT.frames();
        assertThat(new Stack(frames, 0, null, List.of()).omitted()).isNull();
        OmittedFrames first = new OmittedFrames(1, 2);
        OmittedFrames outside = new OmittedFrames(4, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> new Stack(frames, 0, null, List.of(first, first)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Stack(frames, 0, null, List.of(outside)));
        assertThatIllegalArgumentException().isThrownBy(() -> new OmittedFrames(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new OmittedFrames(-1, 1));
    }

    @Test
    void recordsDoNotFollowTheListsTheyWereMadeOf() {
        List<Frame> frames = new ArrayList<>(SampleReports.CONNECT.frames());
        Map<TcpState, Integer> states = new EnumMap<>(Map.of(TcpState.LISTEN, 1));
        Stack stack = new Stack(frames, 1, null);
        Totals totals = new Totals(1, 1, 0, states, 0, null, 0, null);
        frames.clear();
        states.clear();

        assertThat(stack).isEqualTo(SampleReports.CONNECT);
        assertThat(totals.inState(TcpState.LISTEN)).isEqualTo(1);
        assertThat(totals.inState(TcpState.CLOSE_WAIT)).isZero();
    }

    @Test
    void totalsRefuseACountOfNull() {
        Map<TcpState, Integer> states = new EnumMap<>(TcpState.class);
        states.put(TcpState.LISTEN, null);

        assertThatNullPointerException().isThrownBy(() -> new Totals(1, 1, 0, states, 0, null, 0, null));
    }

    @ParameterizedTest
    @EnumSource
    void stateIsFoundByItsNumber(TcpState state) {
        assertThat(TcpState.ofNumber(state.number())).isSameAs(state);
    }

    @Test
    void statesHaveTheKernelsNumbers() {
        assertThat(TcpState.values()).extracting(TcpState::number).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(TcpState.CLOSE_WAIT.number()).isEqualTo(8);
        assertThat(TcpState.LISTEN.number()).isEqualTo(0x0A);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 12, 15, 16, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void otherNumbersAreNoState(int number) {
        assertThat(TcpState.ofNumber(number)).isNull();
    }

    @Test
    void stateIsSpelledAsSsDoes() {
        assertThat(TcpState.CLOSE_WAIT.ssName()).isEqualTo("CLOSE-WAIT");
        assertThat(TcpState.FIN_WAIT2.filterName()).isEqualTo("fin-wait-2");
    }

    @Test
    void wordsReadAsPrinted() {
        assertThat(Verdict.FIN_SWALLOWED.word()).isEqualTo("FIN SWALLOWED");
        assertThat(Confidence.CERTAIN.word()).isEqualTo("certain");
        assertThat(HookState.MISSING.word()).isEqualTo("missing");
        assertThat(Verdict.values())
                .filteredOn(Verdict::isLeak)
                .containsExactlyInAnyOrder(
                        Verdict.FORGOTTEN,
                        Verdict.ABANDONED,
                        Verdict.ZOMBIE,
                        Verdict.COLLECTED,
                        Verdict.LOST,
                        Verdict.DEAD_FD);
        assertThat(Verdict.values()).isSortedAccordingTo(Comparator.comparing(Verdict::severity));
        assertThat(TcpState.values())
                .filteredOn(state -> !state.hasPeer())
                .containsExactlyInAnyOrder(TcpState.CLOSE, TcpState.LISTEN, TcpState.SYN_SENT, TcpState.SYN_RECV);
        assertThat(Confidence.POSSIBLE.isLessThan(Confidence.PROBABLE)).isTrue();
        assertThat(Confidence.CERTAIN.isLessThan(Confidence.CERTAIN)).isFalse();
        assertThat(Origin.values())
                .filteredOn(origin -> !origin.isTracked())
                .containsExactly(Origin.BEFORE_AGENT, Origin.BEFORE_HOOKS, Origin.NOT_SEEN, Origin.DUPLICATE);
    }
}
