// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.docs;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * A test that makes a document of what the other tests of its class left; the class is ordered by {@link MethodOrderer.OrderAnnotation}.
 * Code after all tests would not do: what fails there does not run again.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@Order(Integer.MAX_VALUE)
public @interface LastTest {}
