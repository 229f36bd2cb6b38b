// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.weave;

import static java.util.Objects.requireNonNull;

import io.github.sockblame.agent.instrument.hook.HookPoint;
import io.github.sockblame.agent.instrument.hook.HookTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/** The class files of the JDK that runs the tests, of our own classes, and what stands in them. */
public final class ClassFiles {

    public static final int FEATURE = Runtime.version().feature();

    /** Where a test with one run for each hooked class finds them. */
    public static final String SOURCE = "io.github.sockblame.agent.instrument.weave.ClassFiles#owners";

    private ClassFiles() {}

    /** The hooks of the running JDK, by the internal name of their class. */
    public static Map<String, List<HookPoint>> hooksByOwner() {
        Map<String, List<HookPoint>> byOwner = new LinkedHashMap<>();
        for (HookPoint hook : HookTable.forJdk(FEATURE)) {
            byOwner.computeIfAbsent(hook.owner(), key -> new ArrayList<>()).add(hook);
        }
        return byOwner;
    }

    static Stream<String> owners() {
        return hooksByOwner().keySet().stream();
    }

    public static byte[] of(String internalName) {
        try (InputStream in =
                requireNonNull(ClassLoader.getSystemResourceAsStream(internalName + ".class"), internalName)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] woven(String owner) {
        return new Weaver()
                .weave(of(owner), requireNonNull(hooksByOwner().get(owner)))
                .classFile();
    }

    public static Outline outline(byte[] classFile) {
        Outline outline = new Outline();
        ClassReader reader = OpenedClassReader.of(classFile);
        outline.version = ClassFileVersion.ofClassFile(classFile).getMinorMajorVersion();
        reader.accept(outline, ClassReader.SKIP_DEBUG);
        return outline;
    }

    /** What a class file has. */
    public static final class Outline extends ClassVisitor {

        int version;
        String header = "";
        public final List<String> fields = new ArrayList<>();
        public final Map<String, Code> methods = new LinkedHashMap<>();

        Outline() {
            super(OpenedClassReader.ASM_API);
        }

        List<String> signatures() {
            return methods.values().stream().map(code -> code.signature).toList();
        }

        @Override
        public void visit(
                int classVersion,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            header = access + " " + name + " " + superName + " "
                    + (interfaces == null ? List.of() : List.of(interfaces));
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
            fields.add(access + " " + name + " " + descriptor);
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            Code code = new Code(access + " " + name + descriptor);
            methods.put(name + descriptor, code);
            return code;
        }
    }

    /** What the code of a method does, as far as we care. */
    public static final class Code extends MethodVisitor {

        final String signature;

        /** The methods of the probe that it calls. */
        public final List<String> probeCalls = new ArrayList<>();

        /** All methods that it calls. */
        int calls;

        public int invokedynamics;
        public int allocations;
        public int monitors;
        public int branches;
        int handlersOfThrowable;

        Code(String signature) {
            super(OpenedClassReader.ASM_API);
            this.signature = signature;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            calls++;
            if (owner.startsWith("io/github/sockblame/")) {
                probeCalls.add(owner + "." + name);
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            invokedynamics++;
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            allocations += opcode == Opcodes.NEW || opcode == Opcodes.ANEWARRAY ? 1 : 0;
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            allocations += opcode == Opcodes.NEWARRAY ? 1 : 0;
        }

        @Override
        public void visitInsn(int opcode) {
            monitors += opcode == Opcodes.MONITORENTER ? 1 : 0;
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            branches++;
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
            handlersOfThrowable += "java/lang/Throwable".equals(type) ? 1 : 0;
        }
    }
}
