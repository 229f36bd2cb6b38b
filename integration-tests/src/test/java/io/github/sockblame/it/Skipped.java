// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What could not be shown on this machine is said aloud. */
final class Skipped {

    private Skipped() {}

    static void because(String reason) {
        System.out.println("SKIPPED: " + reason);
    }

    /** Whether this program is on the path; says so if it is not. */
    static boolean unlessThereIs(String program) {
        boolean there = Arrays.stream(requireNonNull(System.getenv("PATH")).split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!there) {
            because("there is no " + program + " here");
        }
        return there;
    }
}
