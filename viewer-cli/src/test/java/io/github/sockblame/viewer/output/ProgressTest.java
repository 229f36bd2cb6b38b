// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sockblame.viewer.connect.CannotAnswerException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProgressTest {

    private static final String CLEAR = "\r\u001b[K";

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(err, true, UTF_8);

    @Test
    void longWaitPrintsAndClearsLine() throws Exception {
        Progress progress = new Progress(stream, true, Duration.ofMillis(1));

        String answer = progress.waitFor("the report of \u001bshop", () -> {
            await("waiting for the report of ?shop ... 0 s");
            return "answer";
        });

        assertThat(answer).isEqualTo("answer");
        assertThat(text()).startsWith(CLEAR + "sockblame: waiting for").endsWith(CLEAR);
    }

    @Test
    void aLineThatStaysTakesThePlaceOfTheOther() throws Exception {
        Progress progress = new Progress(stream, true, Duration.ofMillis(1));

        progress.waitFor("the report", () -> {
            await("waiting");
            progress.printLine("using a request file");
            return "";
        });

        assertThat(text()).contains(CLEAR + "sockblame: using a request file\n");
    }

    @Test
    void shortOrInvisibleWaitPrintsNothing() throws Exception {
        assertThat(new Progress(stream, true, Duration.ofHours(1)).waitFor("it", () -> "answer"))
                .isEqualTo("answer");
        new Progress(stream, false, Duration.ZERO).waitFor("it", () -> "answer");

        assertThat(text()).isEmpty();
    }

    @Test
    void aWaitThatFailsIsOverAsWell() {
        Progress progress = new Progress(stream, true, Duration.ofMillis(1));

        assertThatThrownBy(() -> progress.waitFor("it", () -> {
                    await("waiting");
                    throw new CannotAnswerException("wrong", "next");
                }))
                .isInstanceOf(CannotAnswerException.class);
        assertThat(text()).endsWith(CLEAR);
    }

    private void await(String part) {
        while (!text().contains(part)) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private String text() {
        return err.toString(UTF_8);
    }
}
