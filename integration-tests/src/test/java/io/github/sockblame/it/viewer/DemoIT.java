// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.Viewer;

class DemoIT {

    @OnEveryJdk
    void demoNamesItsThreeLeaksAndNothingElse(TargetJdk jdk) throws Exception {
        Output demo = Viewer.on(jdk).call("demo");

        assertThat(demo.status()).as("%s", demo).isZero();
        assertThat(demo.err()).isEmpty();
        assertThat(demo.out())
                .containsPattern("""

                        1  FORGOTTEN +12 connections to 127\\.0\\.0\\.1:\\d+ .* certain
                             saw the peer close, and did not close:
                               \\S+\\.PaymentClient\\.charge\\(PaymentClient\\.java:\\d+\\) +\\d+ threads?, checkout-\\*""")
                .containsPattern(
                        "     opened at:\n       \\S+\\.PaymentClient\\.connect\\(PaymentClient\\.java:\\d+\\)")
                .containsPattern("\n2  ABANDONED +7 connections to 127\\.0\\.0\\.1:\\d+ .* probable\n")
                .containsPattern("     opened at:\n       \\S+\\.PriceFeed\\.subscribe\\(PriceFeed\\.java:\\d+\\)")
                .containsPattern("kernel: CLOSE-WAIT +Recv-Q [1-9]\\d* +Send-Q 0\n")
                .containsPattern("""

                        3  FORGOTTEN +5 connections from 127\\.0\\.0\\.1:\\* .* (?:probable|certain)
                             saw the peer close, and did not close:
                               \\S+\\.ChatServer\\.onReadable\\(ChatServer\\.java:\\d+\\)""")
                .containsPattern(
                        "     accepted at:\n       \\S+\\.ChatServer\\.onAcceptable\\(ChatServer\\.java:\\d+\\)")
                .contains("CLOSE-WAIT 24 ")
                .doesNotContain("\n4  ")
                .doesNotContain("InvoiceClient");
    }
}
