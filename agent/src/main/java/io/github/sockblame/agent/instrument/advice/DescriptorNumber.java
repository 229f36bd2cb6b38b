// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A parameter of an advice: the number of the descriptor behind a Netty object, which is a socket or a channel. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface DescriptorNumber {}
