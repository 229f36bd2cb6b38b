// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

/** What could not be shown on this machine is said aloud. */
final class Skipped {

    private Skipped() {}

    static void because(String reason) {
        System.out.println("SKIPPED: " + reason);
    }
}
