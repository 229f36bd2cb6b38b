// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.watch.Watch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lambda whose first use fails for a lack of memory stays broken: docs/decisions/0043. */
class RoundsWithoutLambdasTest {

    /** A method of a round never runs these. */
    private static final Set<String> NOT_IN_ROUNDS = Set.of(
            "memory/HeapRoom.unlimited", // of tests
            "watch/AgentThread.runExitJobs"); // at the end of the JVM

    @ParameterizedTest
    @ValueSource(
            strings = {
                "capture",
                "collection",
                "join",
                "kernel",
                "kernel/fd",
                "kernel/net",
                "kernel/proc",
                "ledger",
                "memory",
                "sampling",
                "watch"
            })
    void packageOfTheRoundsHasNone(String name) throws Exception {
        Path folder = Path.of(RoundsWithoutLambdasTest.classesOfTheAgent().toString(), name);
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(file -> addLambdas(file, name, found));
        }
        found.removeAll(NOT_IN_ROUNDS);

        assertThat(found).isEmpty();
    }

    private static Path classesOfTheAgent() throws URISyntaxException {
        Path classes = Path.of(
                Watch.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return classes.resolve(RoundsWithoutLambdasTest.class.getPackageName().replace('.', '/'));
    }

    private static void addLambdas(Path file, String name, Set<String> found) {
        String type = name + "/" + file.getFileName().toString().replace(".class", "");
        try (InputStream in = Files.newInputStream(file)) {
            new ClassReader(in).accept(new Lambdas(type, found), ClassReader.SKIP_DEBUG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Lambdas extends ClassVisitor {

        private final String type;
        private final Set<String> found;

        Lambdas(String type, Set<String> found) {
            super(Opcodes.ASM9);
            this.type = type;
            this.found = found;
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String method,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitInvokeDynamicInsn(
                        String name, String itsDescriptor, Handle bootstrap, Object... arguments) {
                    if (bootstrap.getOwner().equals("java/lang/invoke/LambdaMetafactory")) {
                        found.add(type + "." + method);
                    }
                }
            };
        }
    }
}
