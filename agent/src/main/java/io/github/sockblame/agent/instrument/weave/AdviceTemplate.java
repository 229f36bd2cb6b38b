// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.weave;

import io.github.sockblame.agent.bootstrap.ClassBytes;
import java.io.IOException;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * One advice: the annotated method of its class, read out of the class file. Advices are written as Byte Buddy's and
 * have the same meaning, within limits: straight code, with every error suppressed. Code beyond these limits is
 * refused, so that no advice is woven in part.
 */
final class AdviceTemplate {

    private static final int LEAVE_OUT = ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;

    private final ClassReader classFile;
    private String method = "";
    private boolean atEntry;
    private boolean suppressing;
    private boolean onOriginalArguments = true;
    private @Nullable String caught;
    private AdviceParameter[] parameters = {};
    private int maxStack;

    /** Gives an advice its parameters. */
    interface Arguments {

        /** Writes the instructions that put the value of this parameter on the stack. */
        void load(AdviceParameter parameter);
    }

    private AdviceTemplate(ClassReader classFile) {
        this.classFile = classFile;
    }

    /**
     * Reads an advice.
     *
     * @param className binary name of the class
     * @throws IOException if the agent's jar cannot be read
     */
    static AdviceTemplate of(String className) throws IOException {
        AdviceTemplate read = new AdviceTemplate(new ClassReader(ClassBytes.of(className)));
        read.classFile.accept(read.new Header(), LEAVE_OUT);
        if (read.method.isEmpty() || !read.suppressing) {
            throw new IllegalArgumentException("no advice, or one that suppresses nothing: ".concat(className));
        }
        return read;
    }

    /** Returns whether it runs at the beginning of the method; if not, it runs at the end. */
    boolean isAtEntry() {
        return atEntry;
    }

    /** Internal name of the exceptions after which it runs as well; null if it runs after none. */
    @Nullable String caught() {
        return caught;
    }

    /**
     * Returns whether it gets the arguments as they were at the beginning of the method, and not as the method has
     * changed them.
     */
    boolean isOnOriginalArguments() {
        return onOriginalArguments;
    }

    /** The number of stack words that it needs. */
    int maxStack() {
        return maxStack;
    }

    /** Writes its instructions, except the return at their end. */
    void write(MethodVisitor code, Arguments arguments) {
        classFile.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        return name.equals(method) ? new Inliner(code, arguments) : null;
                    }
                },
                LEAVE_OUT);
    }

    /** Finds the annotated method and reads its annotations. */
    private final class Header extends ClassVisitor {

        Header() {
            super(Opcodes.ASM9);
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return name.equals("<init>") ? null : new Annotations(name, descriptor);
        }
    }

    private final class Annotations extends MethodVisitor {

        private final String name;
        private final AdviceParameter[] annotated;

        Annotations(String name, String descriptor) {
            super(Opcodes.ASM9);
            this.name = name;
            this.annotated = AdviceParameter.allOf(descriptor);
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            // by the end of the name: the shaded jar has another beginning
            atEntry = descriptor.endsWith("/Advice$OnMethodEnter;");
            if (!atEntry && !descriptor.endsWith("/Advice$OnMethodExit;")) {
                throw refused(descriptor);
            }
            method = name;
            parameters = annotated;
            return new Values();
        }

        @Override
        public AnnotationVisitor visitParameterAnnotation(int index, String descriptor, boolean visible) {
            return annotated[index].bind(descriptor);
        }

        @Override
        public void visitMaxs(int stack, int locals) {
            maxStack = stack;
        }
    }

    private final class Values extends AnnotationVisitor {

        Values() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(String name, Object value) {
            switch (name) {
                case "suppress" ->
                    suppressing = ((Type) value).getInternalName().equals("java/lang/Throwable");
                case "onThrowable" -> caught = ((Type) value).getInternalName();
                case "backupArguments" -> onOriginalArguments = (Boolean) value;
                default -> throw refused(name);
            }
        }
    }

    /**
     * Refuses every instruction that it does not override, because its superclass has no code: only the ones here may
     * be in an advice.
     */
    private final class Inliner extends MethodVisitor {

        private final MethodVisitor code;
        private final Arguments arguments;

        Inliner(MethodVisitor code, Arguments arguments) {
            super(Opcodes.ASM9);
            this.code = code;
            this.arguments = arguments;
        }

        @Override
        public void visitVarInsn(int opcode, int slot) {
            for (AdviceParameter parameter : parameters) {
                if (parameter.isLoadedBy(opcode, slot)) {
                    arguments.load(parameter);
                    return;
                }
            }
            throw refused("a variable");
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode != Opcodes.RETURN) {
                code.visitInsn(opcode);
            }
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            code.visitIntInsn(opcode, operand);
        }

        @Override
        public void visitLdcInsn(Object value) {
            code.visitLdcInsn(value);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            code.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }

        @Override
        public void visitJumpInsn(int opcode, net.bytebuddy.jar.asm.Label label) {
            throw refused("a branch");
        }
    }

    private static IllegalArgumentException refused(String what) {
        return new IllegalArgumentException("unsupported in an advice: ".concat(what));
    }
}
