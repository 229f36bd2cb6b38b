// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.scaffold.TypeInitializer;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.auxiliary.AuxiliaryType;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/** Passes a class file on as it is, but for the methods that get an advice. */
final class AdvisedClass extends ClassVisitor {

    private record Advised(MethodDescription method, Advice advice) {}

    private final Map<String, Advised> methods = new HashMap<>();
    private final TypeDescription type;
    private final TypePool types;
    private final Implementation.Context context;

    AdvisedClass(ClassVisitor next, ClassFileVersion version, TypeDescription type, TypePool types) {
        super(OpenedClassReader.ASM_API, next);
        this.type = type;
        this.types = types;
        this.context = Implementation.Context.Disabled.Factory.INSTANCE.make(
                type,
                new AuxiliaryType.NamingStrategy.Enumerating("unused"),
                TypeInitializer.None.INSTANCE,
                version,
                version,
                Implementation.Context.FrameGeneration.GENERATE);
    }

    /** Puts this advice into this method of the class. */
    void add(MethodDescription method, Advice advice) {
        methods.put(method.getInternalName().concat(method.getDescriptor()), new Advised(method, advice));
    }

    @Override
    public MethodVisitor visitMethod(
            int modifiers, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        MethodVisitor next = super.visitMethod(modifiers, name, descriptor, signature, exceptions);
        Advised advised = methods.get(name.concat(descriptor));
        if (advised == null) {
            return next;
        }
        return advised.advice.wrap(type, advised.method, next, context, types, 0, 0);
    }
}
