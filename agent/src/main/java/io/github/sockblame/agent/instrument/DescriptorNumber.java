// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.implementation.bytecode.member.FieldAccess;
import net.bytebuddy.implementation.bytecode.member.MethodInvocation;
import net.bytebuddy.implementation.bytecode.member.MethodVariableAccess;

/** A parameter of an advice that is the number of the descriptor behind a Netty object, be it a socket or a channel. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@interface DescriptorNumber {

    /**
     * Reads the number as Netty does, by its public methods. The types are named, not looked up: the class loader of the class that is
     * being woven is the program's, and is not asked for anything.
     */
    final class Mapping implements Advice.OffsetMapping {

        static final Advice.OffsetMapping.Factory<DescriptorNumber> FACTORY =
                new Advice.OffsetMapping.Factory.Simple<>(DescriptorNumber.class, new Mapping());

        private Mapping() {}

        @Override
        public Advice.OffsetMapping.Target resolve(
                TypeDescription instrumentedType,
                MethodDescription instrumentedMethod,
                Assigner assigner,
                Advice.ArgumentHandler argumentHandler,
                Advice.OffsetMapping.Sort sort) {
            NettyTypes netty = NettyTypes.around(instrumentedType);
            StackManipulation self = MethodVariableAccess.loadThis();
            StackManipulation descriptor;
            if (netty.isDescriptor(instrumentedType)) {
                descriptor = self;
            } else if (instrumentedType.isNestedClass()) {
                descriptor = new StackManipulation.Compound(self, outer(instrumentedType), call(netty.fdOfChannel()));
            } else {
                descriptor = new StackManipulation.Compound(self, call(netty.fdOfChannel()));
            }
            return new Target.ForStackManipulation(
                    new StackManipulation.Compound(descriptor, call(netty.numberOfDescriptor())));
        }

        private static StackManipulation outer(TypeDescription nested) {
            for (FieldDescription.InDefinedShape field : nested.getDeclaredFields()) {
                if (field.getName().equals("this$0")) {
                    return FieldAccess.forField(field).read();
                }
            }
            throw new IllegalStateException("it does not know the channel around it");
        }

        private static StackManipulation call(MethodDescription.InDefinedShape method) {
            return MethodInvocation.invoke(method);
        }
    }
}
