// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JDK to run watched programs on.
 *
 * @param home its JAVA_HOME
 * @param feature its feature version
 */
public record TargetJdk(Path home, int feature) {

    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(?:1\\.)?(\\d+)");

    /** The JDK in this folder, if there is one. */
    static Optional<TargetJdk> in(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
            return Optional.empty();
        }
        try {
            Matcher version = VERSION.matcher(Files.readString(release));
            return version.find()
                    ? Optional.of(new TargetJdk(home.toRealPath(), Integer.parseInt(version.group(1))))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The JDK that runs the tests. */
    public static TargetJdk ofThisJvm() {
        return in(Path.of(System.getProperty("java.home", ""))).orElseThrow();
    }

    public boolean hasVirtualThreads() {
        return feature >= 21;
    }

    /** Whether {@code -Djdk.net.usePlainSocketImpl} brings back the classic implementation of sockets. */
    public boolean hasClassicImplementation() {
        return feature == 17;
    }

    /** Whether a viewer runs on it; a runtime image may lack the module jdk.attach. */
    boolean canAttach() {
        return Files.exists(home.resolve("lib/libattach.so"));
    }

    public String java() {
        return home.resolve("bin/java").toString();
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }
}
