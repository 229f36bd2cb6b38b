// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Frame;
import org.junit.jupiter.api.Test;

class TextFitTest {

    private static final Frame FRAME = new Frame("com.acme.pay.PaymentClient", "call", "PaymentClient.java", 88);

    @Test
    void shortTextIsUnchanged() {
        assertThat(TextFit.lines("a b", 3)).containsExactly("a b");
    }

    @Test
    void aFrameLosesItsPackageFirst() {
        assertThat(TextFit.frame(FRAME, 80)).isEqualTo(FRAME.text());
        assertThat(TextFit.frame(FRAME, 45)).isEqualTo("PaymentClient.call(PaymentClient.java:88)");
        assertThat(TextFit.frame(FRAME, 40)).isEqualTo("PaymentClient.call:88");
        assertThat(TextFit.frame(FRAME, 20)).isEqualTo("Payme...ient.call:88");
        assertThat(TextFit.frame(new Frame("a.Natively", "done", null, -2), 15)).isEqualTo("Natively.done");
    }

    @Test
    void aLongLineGoesOnBelowItself() {
        assertThat(TextFit.lines("  one two three", 9)).containsExactly("  one two", "    three");
        assertThat(TextFit.lines("0123456789", 4)).containsExactly("0123", "4567", "89");
        assertThat(TextFit.lines("", 4)).containsExactly("");
    }
}
