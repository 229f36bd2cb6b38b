// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import picocli.CommandLine.Option;

/** The option of verbs that print stacks. */
final class WideOption {

    @Option(
            names = "--wide",
            description = "Print long lines in full; by default a terminal shows them without their middle.")
    private boolean wanted;

    public boolean isWanted() {
        return wanted;
    }
}
