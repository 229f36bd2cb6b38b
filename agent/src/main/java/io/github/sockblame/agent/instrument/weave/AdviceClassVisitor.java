// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.weave;

import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Copies a class file and adds the advices to the hooked methods. Its frames have to come expanded. */
final class AdviceClassVisitor extends ClassVisitor {

    /** Before Java 6 there were no frames. */
    private static final int FIRST_WITH_FRAMES = Opcodes.V1_6;

    private final ClassOutline type;
    private final Map<String, AdviceTemplate> advices = new HashMap<>();

    AdviceClassVisitor(ClassVisitor next, ClassOutline type) {
        super(Opcodes.ASM9, next);
        this.type = type;
    }

    void advise(ClassOutline.Method method, AdviceTemplate advice) {
        advices.put(method.name().concat(method.descriptor()), advice);
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        if ((version & 0xffff) < FIRST_WITH_FRAMES) {
            throw new IllegalArgumentException("a class file from before Java 6");
        }
        super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
        AdviceTemplate advice = advices.get(name.concat(descriptor));
        if (advice == null || next == null || (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
            return next;
        }
        return advice.isAtEntry()
                ? new EntryAdvisedMethod(next, advice, type, access, descriptor)
                : new ExitAdvisedMethod(next, advice, type, access, name, descriptor);
    }
}
