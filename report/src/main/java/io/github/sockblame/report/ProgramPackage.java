// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

/**
 * A package of the program, with all packages below it. Its frames come before all others when the culprit is looked for.
 *
 * @param name the package, or a class without a package
 * @param source why the agent takes it for the program's
 */
public record ProgramPackage(String name, ProgramPackageSource source) {

    public ProgramPackage {
        requireNonNull(name, "name");
        requireNonNull(source, "source");
    }
}
