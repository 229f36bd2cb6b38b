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

    /** The floor. */
    public static final Variant NONE = new Variant("none", List.of());
}
