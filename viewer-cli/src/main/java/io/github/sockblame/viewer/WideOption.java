// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import picocli.CommandLine.Option;

/** The option of verbs that print stacks. */
final class WideOption {

    @Option(names = "--wide", description = "Print long lines whole; on a terminal their middle is left out.")
    private boolean wanted;

    boolean isWanted() {
        return wanted;
    }
}
