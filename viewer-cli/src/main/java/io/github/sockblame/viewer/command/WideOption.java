// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import picocli.CommandLine.Option;

/** The option of verbs that print stacks. */
final class WideOption {

    @Option(
            names = "--wide",
            description =
                    "Print whole frames and lines; by default a terminal shows frames without their middle and breaks lines.")
    private boolean wanted;

    public boolean isWanted() {
        return wanted;
    }
}
