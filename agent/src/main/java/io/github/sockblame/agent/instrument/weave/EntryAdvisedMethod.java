// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.weave;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** A method with its advice at the beginning. */
final class EntryAdvisedMethod extends AdviceMethodVisitor {

    private @Nullable Label entry;

    EntryAdvisedMethod(MethodVisitor next, AdviceTemplate advice, ClassOutline type, int access, String descriptor) {
        super(next, advice, type, access, descriptor);
    }

    @Override
    public void visitCode() {
        super.visitCode();
        Label beginning = new Label();
        entry = beginning;
        super.visitLabel(beginning);
        writeAdvice(locals(self()));
        super.visitInsn(Opcodes.NOP); // the method may begin with a frame of its own, and there is one for each place
    }

    /** In a stack trace the advice is in the first line of the method. */
    @Override
    public void visitLineNumber(int line, Label start) {
        super.visitLineNumber(line, entry == null ? start : entry);
        entry = null;
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        super.visitMaxs(maxStack(maxStack), maxLocals);
    }
}
