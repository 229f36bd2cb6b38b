// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.instrument.advice.DescriptorNumber;
import io.github.sockblame.agent.instrument.advice.DescriptorOpen;
import io.github.sockblame.agent.instrument.hook.HookPoint;
import io.github.sockblame.agent.instrument.hook.NettyHookTable;
import io.github.sockblame.agent.instrument.weave.ClassFiles;
import io.github.sockblame.agent.instrument.weave.ClassFiles.Outline;
import io.github.sockblame.agent.instrument.weave.ClassOutline;
import io.github.sockblame.agent.instrument.weave.Listing;
import io.github.sockblame.agent.instrument.weave.NettyDescriptor;
import io.github.sockblame.agent.instrument.weave.Weaver;
import io.github.sockblame.probe.SocketProbe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is woven is what Byte Buddy weaves of the same advices: each instruction, frame, handler and line number; but for casts, which Byte
 * Buddy leaves out because it has looked the types up.
 */
class AsByteBuddyTest {

    @ParameterizedTest
    @MethodSource(ClassFiles.SOURCE)
    void ofTheJdk(String owner) throws Exception {
        List<HookPoint> hooks = requireNonNull(ClassFiles.hooksByOwner().get(owner));

        check(owner, hooks, ClassFileLocator.ForClassLoader.ofPlatformLoader());
    }

    @ParameterizedTest
    @CsvSource({
        "4.1.48.Final, unix/Socket",
        "4.1.48.Final, unix/FileDescriptor",
        "4.1.60.Final, unix/Socket",
        "4.1.60.Final, unix/FileDescriptor",
        "4.1.137.Final, unix/Socket",
        "4.1.137.Final, unix/FileDescriptor",
        "4.2.17.Final, unix/Socket",
        "4.2.17.Final, unix/FileDescriptor",
        "4.2.17.Final, uring/IoUringServerSocketChannel",
        "4.2.17.Final, uring/AbstractIoUringStreamChannel$IoUringStreamUnsafe"
    })
    void ofNetty(String version, String name) throws Exception {
        String owner = "io/netty/channel/" + name;
        List<ClassFileLocator> locators = new ArrayList<>(List.of(ClassFileLocator.ForClassLoader.ofPlatformLoader()));
        try (Stream<Path> jars = Files.list(Path.of("target", "netty", version))) {
            for (Path jar : jars.toList()) {
                locators.add(ClassFileLocator.ForJarFile.of(jar.toFile()));
            }
        }
        try (ClassFileLocator locator = new ClassFileLocator.Compound(locators)) {
            check(owner, NettyHookTable.hooksOf(owner), locator);
        }
    }

    private static void check(String owner, List<HookPoint> hooks, ClassFileLocator locator) throws Exception {
        byte[] classFile = locator.locate(owner.replace('/', '.')).resolve();
        byte[] woven = new Weaver().weave(classFile, hooks).classFile();

        assertThat(woven).isNotEqualTo(classFile);
        assertThat(Listing.of(woven)).isEqualTo(Listing.of(wovenByByteBuddy(owner, classFile, hooks, locator)));
    }

    private static byte[] wovenByByteBuddy(
            String owner, byte[] classFile, List<HookPoint> hooks, ClassFileLocator locator)
            throws ClassNotFoundException {
        TypeDescription type =
                TypePool.Default.of(locator).describe(owner.replace('/', '.')).resolve();
        Outline outline = ClassFiles.outline(classFile);
        DynamicType.Builder<?> builder = new ByteBuddy().decorate(type, locator);
        for (HookPoint hook : hooks) {
            boolean better =
                    outline.methods.keySet().stream().anyMatch(method -> method.startsWith(hook.unless() + "("));
            for (MethodDescription method : type.getDeclaredMethods()) {
                if (!better && hook.matches(method.getInternalName(), method.getDescriptor())) {
                    builder = builder.visit(Advice.withCustomMapping()
                            .bind(factory(DescriptorNumber.class, ClassOutline.of(new ClassReader(classFile))))
                            .bind(factory(DescriptorOpen.class, ClassOutline.of(new ClassReader(classFile))))
                            .to(Class.forName(Weaver.nameOf(hook.event())))
                            .withExceptionHandler(new Counting())
                            .on(ElementMatchers.is(method)));
                }
            }
        }
        return builder.make().getBytes();
    }

    /** The values of Netty's, for which Byte Buddy has no annotation. */
    private static <T extends java.lang.annotation.Annotation> Advice.OffsetMapping.Factory<T> factory(
            Class<T> annotation, ClassOutline type) {
        return new Advice.OffsetMapping.Factory.Simple<>(
                annotation,
                (instrumentedType, method, assigner, arguments, sort) ->
                        new Advice.OffsetMapping.Target.ForStackManipulation(new StackManipulation.AbstractBase() {
                            @Override
                            public Size apply(MethodVisitor code, Implementation.Context context) {
                                if (annotation == DescriptorOpen.class) {
                                    NettyDescriptor.of(type).loadOpen(code);
                                } else {
                                    NettyDescriptor.of(type).loadNumber(code);
                                }
                                return new Size(1, 1);
                            }
                        }));
    }

    /** Throws a stop of the thread on, and counts every other error. */
    private static final class Counting extends StackManipulation.AbstractBase {

        @Override
        public Size apply(MethodVisitor code, Implementation.Context context) {
            String probe = SocketProbe.class.getName().replace('.', '/');
            Label ours = new Label();
            code.visitInsn(Opcodes.DUP);
            code.visitTypeInsn(Opcodes.INSTANCEOF, "java/lang/ThreadDeath");
            code.visitJumpInsn(Opcodes.IFEQ, ours);
            code.visitInsn(Opcodes.ATHROW);
            code.visitLabel(ours);
            context.getFrameGeneration().same1(code, TypeDescription.ForLoadedType.of(Throwable.class), List.of());
            code.visitInsn(Opcodes.POP);
            code.visitFieldInsn(Opcodes.GETSTATIC, probe, "droppedEvents", "I");
            code.visitInsn(Opcodes.ICONST_1);
            code.visitInsn(Opcodes.IADD);
            code.visitFieldInsn(Opcodes.PUTSTATIC, probe, "droppedEvents", "I");
            return new Size(-1, 2);
        }
    }
}
