// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.instrument.IllTyped;
import io.github.sockblame.agent.instrument.LinkingProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.utility.OpenedClassReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The JVM's own verifier on the woven classes, in a JVM whose java.base is patched with them. A JVM does not verify the classes
 * of its boot loader unless it is told to: without this an ill-typed advice would be found by a crash.
 */
class WovenVerificationTest {

    private static final List<String> PROBE = List.of(
            "io/github/sockblame/probe/SocketListener",
            "io/github/sockblame/probe/NoopSocketListener",
            "io/github/sockblame/probe/SocketProbe");

    @TempDir
    Path folder;

    private Path patch;

    @BeforeEach
    void patchJavaBase() throws IOException {
        patch = folder.resolve("patch");
        for (String name : PROBE) {
            put(name, ClassFiles.of(name));
        }
        for (String owner : ClassFiles.hooksByOwner().keySet()) {
            put(owner, ClassFiles.woven(owner));
        }
    }

    @Test
    void passesIt() throws Exception {
        assertThat(linkAll()).isEqualTo("linked " + ClassFiles.hooksByOwner().size());
    }

    @Test
    void verifierRejectsBrokenClass() throws Exception {
        put("sun/nio/ch/Net", broken("sun/nio/ch/Net"));

        assertThat(linkAll()).contains("VerifyError").contains("sun/nio/ch/Net");
    }

    /** Lets a method that returns a reference return a number. */
    private static byte[] broken(String owner) {
        byte[] classFile = ClassFiles.woven(owner);
        ClassReader reader = OpenedClassReader.of(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new IllTyped(writer), 0);
        return writer.toByteArray();
    }

    private void put(String internalName, byte[] classFile) throws IOException {
        Path file = patch.resolve(internalName + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, classFile);
    }

    private String linkAll() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+BytecodeVerificationLocal",
                "-XX:-CreateCoredumpOnCrash",
                "-Xshare:off",
                "--patch-module",
                "java.base=" + patch,
                "-cp",
                System.getProperty("java.class.path"),
                LinkingProgram.class.getName()));
        ClassFiles.owners().map(owner -> owner.replace('/', '.')).forEach(command::add);
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the JVM ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output).strip();
    }
}
