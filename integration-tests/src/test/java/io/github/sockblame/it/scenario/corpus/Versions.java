// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import static java.util.Objects.requireNonNull;

import java.security.CodeSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of libraries, by the names of their jars. */
final class Versions {

    private static final Pattern VERSION = Pattern.compile("-(\\d[^-]*)\\.jar$");

    private Versions() {}

    static String ofJarWith(Class<?> type) {
        CodeSource source = requireNonNull(type.getProtectionDomain().getCodeSource());
        Matcher version = VERSION.matcher(source.getLocation().getPath());
        if (!version.find()) {
            throw new IllegalStateException("no version in the name of " + source.getLocation());
        }
        return version.group(1);
    }
}
