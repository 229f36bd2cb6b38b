// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/** Gives the probe a number where it takes a reference. */
public final class IllTyped extends ClassVisitor {

    public IllTyped(ClassVisitor next) {
        super(OpenedClassReader.ASM_API, next);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
        return new MethodVisitor(OpenedClassReader.ASM_API, next) {
            @Override
            public void visitMethodInsn(int opcode, String owner, String method, String type, boolean isInterface) {
                if (owner.startsWith("io/github/sockblame/")) {
                    super.visitInsn(Opcodes.POP);
                    super.visitInsn(Opcodes.ICONST_1);
                }
                super.visitMethodInsn(opcode, owner, method, type, isInterface);
            }
        };
    }
}
