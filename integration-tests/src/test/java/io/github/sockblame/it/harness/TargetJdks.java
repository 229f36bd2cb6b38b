// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** The JDKs to run watched programs on: those that were named, else those that this machine has. */
public final class TargetJdks implements ArgumentsProvider {

    private static final int OLDEST = 17;
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        return all().stream().map(Arguments::of);
    }

    public static List<TargetJdk> all() {
        List<String> named = TestEnvironment.list("target.jdks", "SOCKBLAME_JDKS");
        return named.isEmpty() ? found() : named(named);
    }

    /** The JDKs in these folders; a folder without one is a mistake of the one who named it. */
    public static List<TargetJdk> named(List<String> homes) {
        return homes.stream()
                .map(home -> TargetJdk.in(Path.of(home))
                        .orElseThrow(() -> new IllegalArgumentException("no JDK at " + home)))
                .toList();
    }

    /** Those that this machine has, one of each version. */
    public static List<TargetJdk> found() {
        Map<Integer, TargetJdk> byFeature = new TreeMap<>();
        byFeature.put(TargetJdk.ofThisJvm().feature(), TargetJdk.ofThisJvm());
        if (Files.isDirectory(INSTALLED)) {
            try (DirectoryStream<Path> homes = Files.newDirectoryStream(INSTALLED)) {
                for (Path home : homes) {
                    TargetJdk.in(home)
                            .filter(jdk -> jdk.feature() >= OLDEST)
                            .ifPresent(jdk -> byFeature.putIfAbsent(jdk.feature(), jdk));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return List.copyOf(byFeature.values());
    }
}
