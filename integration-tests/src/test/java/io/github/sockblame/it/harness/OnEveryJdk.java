// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A test that runs once for each {@link TargetJdk}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@ArgumentsSource(TargetJdks.class)
@ExtendWith(TargetOutputOnFailure.class)
@Timeout(120)
@Tag(OnEveryJdk.TAG)
public @interface OnEveryJdk {

    /** Tests that look at the JDK of the watched program; {@code make it-jdks} runs no others. */
    String TAG = "every-jdk";
}
