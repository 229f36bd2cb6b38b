// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Frame;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSite;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.Verdict;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextStyleTest {

    private static final String FRAME =
            "com.acme.shop.checkout.payment.provider.internal.PaymentClientFactoryBean.createConnection(PaymentClientFactoryBean.java:41)";
    private static final TextStyle NARROW = new TextStyle(false, 80, ZoneId.of("Europe/Berlin"));
    private static final TextStyle COLOURED = new TextStyle(true, TextStyle.UNLIMITED, ZoneId.of("UTC"));

    @Test
    void longTextIsCutInTheMiddle() {
        String cut = NARROW.truncate(FRAME, 7);

        assertThat(cut)
                .hasSize(73)
                .startsWith("com.acme.")
                .contains("...")
                .endsWith("(PaymentClientFactoryBean.java:41)");
        assertThat(TextStyle.PLAIN.truncate(FRAME, 7)).isEqualTo(FRAME);
        assertThat(NARROW.truncate("short", 7)).isEqualTo("short");
        assertThat(NARROW.truncate(FRAME, 79))
                .as("of nothing nobody could tell what it is")
                .hasSize(40);
    }

    @Test
    void noCharacterIsCutInHalf() {
        String clefs = "\ud834\udd1e".repeat(60);
        for (int taken = 0; taken < 8; taken++) {
            assertThat(NARROW.truncate(clefs, taken).replace("...", "").replace("\ud834\udd1e", ""))
                    .isEmpty();
        }
    }

    @Test
    void momentsHaveTheirZone() {
        assertThat(NARROW.moment(SampleReports.NOW)).isEqualTo("2026-03-01 13:00:00.123+01:00");
        assertThat(TextStyle.PLAIN.moment(SampleReports.NOW)).isEqualTo("2026-03-01 12:00:00.123+00:00");
    }

    @Test
    void aLeakIsRedAndItsCulpritBold() {
        assertThat(leaks(Verdict.ABANDONED, COLOURED))
                .contains("1  \u001b[1;31mABANDONED\u001b[0m   1 connection")
                .contains("       \u001b[1mcom.acme.pay.PaymentClient.connect(PaymentClient.java:41)\u001b[0m\n")
                .contains("         \u001b[2mcom.acme.pay.PaymentClient.call(PaymentClient.java:80)\u001b[0m\n");
        assertThat(leaks(Verdict.STUCK, COLOURED)).contains("1  \u001b[33mSTUCK\u001b[0m");
        assertThat(leaks(Verdict.HALF_CLOSED, COLOURED)).contains("1  HALF CLOSED");
        assertThat(leaks(Verdict.ABANDONED, TextStyle.PLAIN)).doesNotContain("\u001b");
    }

    @Test
    void framesKeepWithinTheLine() {
        Stack stack = new Stack(
                List.of(new Frame(
                        FRAME.substring(0, FRAME.indexOf(".createConnection")),
                        "createConnection",
                        "PaymentClientFactoryBean.java",
                        41)),
                0,
                null);
        String text = LeaksText.of(
                SampleReports.leaking(SampleSite.of(Verdict.ABANDONED).build())
                        .stacks(stack)
                        .build(),
                NARROW);

        assertThat(text.lines().filter(line -> line.contains("PaymentClientFactoryBean.java")))
                .singleElement()
                .asString()
                .hasSize(80);
    }

    private static String leaks(Verdict verdict, TextStyle textStyle) {
        return LeaksText.of(
                SampleReports.leaking(SampleSite.of(verdict).build()).build(), textStyle);
    }
}
