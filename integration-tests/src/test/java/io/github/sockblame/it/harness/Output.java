// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import java.util.stream.Collectors;

/** What a program left behind: its two streams and its exit status. */
public record Output(String out, String err, int status) {

    /** The same, but for what the agent said. */
    public Output withoutOurLines() {
        String rest = err.lines()
                .filter(line -> !line.startsWith("sockblame: "))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        return new Output(out, rest, status);
    }
}
