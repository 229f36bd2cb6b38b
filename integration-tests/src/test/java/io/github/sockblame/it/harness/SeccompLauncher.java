// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import java.util.Optional;

/** Starts a program for which the kernel refuses some system calls. It takes a JDK that can call the C library, and a known processor. */
public final class SeccompLauncher {

    /** The first JDK whose Java calls foreign functions without a preview. */
    public static final int OLDEST = 22;

    private SeccompLauncher() {}

    /** The beginning of a command, of which the rest is started without these calls, in a list with commas; empty if that cannot be had here. */
    public static Optional<String[]> refusing(String calls) {
        String source = TestEnvironment.projectRoot()
                .resolve("integration-tests/src/test/resources/Seccomp.java")
                .toString();
        return TargetJdks.all().stream()
                .filter(jdk -> jdk.feature() >= OLDEST)
                .findFirst()
                .map(jdk -> new String[] {jdk.java(), "--enable-native-access=ALL-UNNAMED", source, calls});
    }
}
