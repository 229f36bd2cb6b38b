// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.viewer.command.SockblameCommand;
import io.github.sockblame.viewer.connect.BundledAgent;
import io.github.sockblame.viewer.output.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** What came of one call of the command line. */
public record Outcome(int status, String out, String err) {

    static Outcome of(BundledAgent agent, String... args) {
        return at(Terminal.NONE, agent, args);
    }

    /** As of somebody at this terminal. */
    static Outcome at(Terminal terminal, BundledAgent agent, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = SockblameCommand.run(
                agent, terminal, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
        return new Outcome(status, out.toString(UTF_8), err.toString(UTF_8));
    }

    public static Outcome of(String... args) {
        return of(BundledAgent.ofThisJar(), args);
    }

    /** Holds that there was no answer, and one line why. */
    public void isFailure(String... parts) {
        assertThat(err).startsWith("sockblame: ").endsWith("\n").hasLineCount(1).contains(parts);
        assertThat(out).isEmpty();
        assertThat(status).isEqualTo(2);
    }
}
