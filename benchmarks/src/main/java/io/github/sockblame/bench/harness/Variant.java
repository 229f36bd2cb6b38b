// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.harness;

import java.util.List;

/**
 * One way to run a program.
 *
 * @param name what it is called in the table
 * @param jvmArguments what makes it so
 */
public record Variant(String name, List<String> jvmArguments) {

    public Variant {
        jvmArguments = List.copyOf(jvmArguments);
    }

    /**
     * For a JVM whose processor time is measured after a warm-up: the collector takes none while nothing is collected; a method that is hot is
     * compiled before it goes on, so that a busy machine does not measure the interpreter; and the compiler's threads stay, so that
     * their time can be left out.
     */
    public static final List<String> STEADY =
            List.of("-Xmx512m", "-XX:+UseSerialGC", "-Xbatch", "-XX:-UseDynamicNumberOfCompilerThreads");

    /** The floor. */
    public static final Variant NONE = new Variant("none", List.of());
}
