// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.implementation.bytecode.member.MethodInvocation;
import net.bytebuddy.implementation.bytecode.member.MethodVariableAccess;

/** A parameter of an advice that says whether the Netty descriptor is open. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@interface StillOpen {

    /** Asks the descriptor. */
    final class Mapping implements Advice.OffsetMapping {

        static final Advice.OffsetMapping.Factory<StillOpen> FACTORY =
                new Advice.OffsetMapping.Factory.Simple<>(StillOpen.class, new Mapping());

        private Mapping() {}

        @Override
        public Advice.OffsetMapping.Target resolve(
                TypeDescription instrumentedType,
                MethodDescription instrumentedMethod,
                Assigner assigner,
                Advice.ArgumentHandler argumentHandler,
                Advice.OffsetMapping.Sort sort) {
            return new Target.ForStackManipulation(new StackManipulation.Compound(
                    MethodVariableAccess.loadThis(),
                    MethodInvocation.invoke(NettyTypes.around(instrumentedType).isDescriptorOpen())));
        }
    }
}
