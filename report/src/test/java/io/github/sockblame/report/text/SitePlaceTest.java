// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSite;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class SitePlaceTest {

    private static final Site.Place PLACE = new Site.Place(0, 1, List.of(), 0);

    @Test
    void culpritStackPrecedesOthers() {
        assertThat(titles(SampleSite.of(Verdict.FORGOTTEN).eof(PLACE)))
                .containsExactly(Verdict.FORGOTTEN.meaning(), "opened at");
        assertThat(titles(SampleSite.of(Verdict.STUCK).eof(PLACE).current(PLACE)))
                .containsExactly(Verdict.STUCK.meaning(), "read EOF at", "opened at");
        assertThat(titles(SampleSite.of(Verdict.HALF_CLOSED).eof(PLACE))).containsExactly("read EOF at", "opened at");
    }

    @Test
    void everyPlaceOfASiteIsNamed() {
        assertThat(titles(SampleSite.of(Verdict.ZOMBIE)
                        .eof(PLACE)
                        .lastUse(PLACE)
                        .closing(PLACE)
                        .listener(PLACE)))
                .containsExactly(
                        Verdict.ZOMBIE.meaning(),
                        "last used at",
                        "accepted at",
                        "close requested at",
                        "by a listener opened at");
        assertThat(titles(SampleSite.of(Verdict.ABANDONED).opened(null))).isEmpty();
    }

    @Test
    void theAcceptorOfAListenerStandsLast() {
        assertThat(titles(SampleSite.of(Verdict.UNACCEPTED).current(PLACE)))
                .containsExactly("opened at", "the acceptor thread is at");
    }

    @Test
    void thePlaceWithAFrameOfTheProgramIsFirst() {
        Stack ofLibrary = SampleReports.NO_CULPRIT;
        Site.Place named = new Site.Place(1, 1, List.of(), 0);

        assertThat(titles(
                        SampleSite.of(Verdict.FORGOTTEN)
                                .eof(PLACE)
                                .opened(PLACE)
                                .listener(named),
                        ofLibrary,
                        SampleReports.CONNECT))
                .containsExactly("accepted by a listener opened at", "read EOF at", "accepted at");
        assertThat(titles(SampleSite.of(Verdict.FORGOTTEN).eof(PLACE).opened(named), ofLibrary, SampleReports.CONNECT))
                .containsExactly("opened at", "read EOF at");
        assertThat(titles(SampleSite.of(Verdict.FORGOTTEN).eof(PLACE).opened(PLACE), ofLibrary))
                .as("no stack has one")
                .containsExactly(Verdict.FORGOTTEN.meaning(), "opened at");
    }

    private static List<String> titles(SampleSite site) {
        return titles(site, SampleReports.CONNECT);
    }

    private static List<String> titles(SampleSite site, Stack... stacks) {
        Site built = site.build();
        Report report = SampleReports.leaking(built).stacks(stacks).build();
        return SitePlace.of(report, built).stream().map(SitePlace::title).toList();
    }
}
