// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

/** The exit status of the verbs. */
final class ExitStatus {

    static final int ANSWERED = 0;
    static final int LEAKS = 1;
    static final int NO_ANSWER = 2;

    private ExitStatus() {}
}
