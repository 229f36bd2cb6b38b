// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.agent;

import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.matcher.ElementMatchers;

/** What most agents are: an {@code AgentBuilder} with one advice, here in the close of the JDK's sockets. */
public final class SingleAdviceAgent {

    private SingleAdviceAgent() {}

    /** Refers to nothing, so that the boot loader need not see any class of the agent's. */
    static final class Empty {

        private Empty() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static long enter() {
            return System.nanoTime();
        }
    }

    public static void premain(String options, Instrumentation instrumentation) {
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                .ignore(ElementMatchers.none())
                .type(ElementMatchers.named("sun.nio.ch.NioSocketImpl"))
                .transform((builder, type, loader, module, domain) ->
                        builder.visit(Advice.to(Empty.class).on(ElementMatchers.named("close"))))
                .installOn(instrumentation);
    }
}
