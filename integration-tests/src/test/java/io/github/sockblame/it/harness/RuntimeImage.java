// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Makes runtime images with few modules, once for each JDK and set of modules. */
public final class RuntimeImage {

    /** All that an agent needs. */
    public static final String SMALLEST = "java.base,java.instrument";

    /** The same, and what JMX needs. */
    public static final String WITH_JMX = SMALLEST + ",jdk.management.agent";

    private static final long PATIENCE_SECONDS = 100;
    private static final Map<String, TargetJdk> MADE = new ConcurrentHashMap<>();

    private RuntimeImage() {}

    /** An image of this JDK with these modules; the test is skipped if the JDK cannot make one that starts. */
    public static TargetJdk of(TargetJdk jdk, String modules) throws Exception {
        Path linker = jdk.home().resolve("bin/jlink");
        Requires.that(
                Files.isExecutable(linker) && (hasModuleFiles(jdk) || linksItself(linker)),
                jdk + " has no modules to make an image of");
        TargetJdk known = MADE.get(jdk.home() + modules);
        if (known == null) {
            known = make(linker, modules);
            MADE.put(jdk.home() + modules, known);
        }
        Requires.that(starts(known), jdk + " makes an image that does not start");
        return known;
    }

    /** An image has libraries of the linked JDK, and may need a newer C library than that of the machine. */
    private static boolean starts(TargetJdk image) throws Exception {
        return new ProcessBuilder(image.java(), "-version")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static boolean hasModuleFiles(TargetJdk jdk) {
        return Files.exists(jdk.home().resolve("jmods/java.base.jmod"));
    }

    /** JEP 493: some builds of JDK 24 and later need no module files. */
    private static boolean linksItself(Path linker) throws Exception {
        return run(List.of(linker.toString(), "--help")).contains("Linking from run-time image enabled");
    }

    private static TargetJdk make(Path linker, String modules) throws Exception {
        Path image = TestEnvironment.newFolder("image").resolve("java");
        String printed = run(List.of(linker.toString(), "--add-modules", modules, "--output", image.toString()));
        Optional<TargetJdk> made = TargetJdk.in(image);
        return made.orElseThrow(() -> new AssertionError("jlink made no image: " + printed));
    }

    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new CapturedStream(process.getInputStream()).all();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("does not end: " + command);
        }
        return printed;
    }
}
